import type { Category, KeyPlace } from '@app/shared/hazards/words'

/** What people write of each category: where, what, and what is to be done. */
export const wordings: Record<
  Category,
  { places: string[]; descriptions: string[]; measures: string[]; done: string[] }
> = {
  'e-bike-charging': {
    places: ['楼梯间首层', '二楼走廊', '门厅配电箱旁', '后巷雨棚下'],
    descriptions: [
      '电动自行车停放在楼梯间并拉线充电，占用疏散通道，存在火灾风险。',
      '室内停放电动自行车两辆，充电器放在纸箱上，无人看管。',
      '充电插线板串接使用，插头发热，旁边堆放可燃物。',
    ],
    measures: [
      '立即将车辆移至室外集中充电点，拆除私拉线路，张贴禁停标识。',
      '清走车辆和充电器，封闭违规插座，安排专人巡查。',
    ],
    done: ['车辆已移至室外充电棚，插座已封闭，已张贴禁停标识。', '已拆除私拉线路，并向租户逐户告知。'],
  },
  'blocked-exit': {
    places: ['一楼安全出口', '二楼疏散通道', '后门通道', '仓库通道'],
    descriptions: [
      '安全出口上锁，门前堆放纸箱等杂物。',
      '疏散通道被货物占用，净宽不足一米。',
      '常闭式防火门用绳子捆绑敞开，通道堆放杂物。',
    ],
    measures: ['立即清理通道杂物，营业期间保持安全出口畅通。', '拆除门锁，货物移入仓库，每日营业前检查一次。'],
    done: ['杂物已全部清走，出口恢复畅通。', '门锁已拆除，通道已划黄线禁止堆放。'],
  },
  'fire-equipment': {
    places: ['一楼消火栓箱', '收银台旁', '车间东侧', '楼层走廊'],
    descriptions: [
      '灭火器压力不足，消火栓箱内缺少水枪。',
      '应急照明灯损坏两盏，疏散指示标志被遮挡。',
      '消火栓被货柜遮挡，无法正常取用。',
    ],
    measures: ['更换失效灭火器，补齐水枪水带，并建立月检记录。', '修复应急照明，移开遮挡物，保持器材可随时取用。'],
    done: ['灭火器已更换，水枪水带已补齐，附检查记录。', '应急灯已修复并试验正常，遮挡物已移开。'],
  },
  'living-inside': {
    places: ['店铺阁楼', '收银台后隔间', '仓库内', '二楼夹层'],
    descriptions: ['店内阁楼设置床铺住人，与经营区域未作防火分隔。', '仓库内搭设隔间住宿，只有一个出口。'],
    measures: ['立即清退住宿人员，拆除床铺，不得在店内过夜。', '拆除隔间，人员搬离，由社区每晚抽查。'],
    done: ['床铺已拆除，人员已搬离。', '隔间已拆除，恢复为货物摆放区。'],
  },
  wiring: {
    places: ['一楼总配电箱', '厨房操作台', '出租屋走廊', '加工区'],
    descriptions: [
      '电线私拉乱接，未穿管保护，接头裸露。',
      '配电箱无盖，箱内积尘，线路老化。',
      '插座过载使用，线路绝缘层破损。',
    ],
    measures: [
      '请有资质的电工重新敷设线路并穿管，配电箱加盖上锁。',
      '更换老化线路，加装漏电保护，完成后留存检测记录。',
    ],
    done: ['线路已重新穿管敷设，配电箱已加盖。', '老化线路已更换，漏电保护试跳正常。'],
  },
  'gas-use': {
    places: ['后厨', '灶台下方', '后院气瓶间', '烧烤区'],
    descriptions: [
      '液化气瓶与灶台距离不足，连接软管超长且有接头。',
      '未安装可燃气体报警装置，气瓶存放处不通风。',
      '用餐场所内存放气瓶，软管老化开裂。',
    ],
    measures: [
      '更换金属软管，气瓶移至独立通风处，安装报警和切断装置。',
      '清走多余气瓶，更换软管，由供气单位上门复检。',
    ],
    done: ['已更换金属软管并安装报警器，供气单位已复检。', '气瓶已移至室外通风处，多余气瓶已退回。'],
  },
  construction: {
    places: ['三层临边', '外脚手架', '基坑边', '动火作业点'],
    descriptions: [
      '临边防护栏杆缺失，作业人员未系安全带。',
      '脚手架连墙件缺失，脚手板未满铺。',
      '动火作业未清理周边可燃物，无人监护。',
    ],
    measures: ['停止该部位作业，补齐防护栏杆，教育作业人员后方可复工。', '补装连墙件并满铺脚手板，监理签字确认。'],
    done: ['防护栏杆已补齐，已对班组重新交底。', '连墙件已补装，监理已验收签字。'],
  },
  other: {
    places: ['门前人行道', '路口', '临街广告牌', '排水沟边'],
    descriptions: [
      '临街广告牌固定松动，大风天气有坠落风险。',
      '人行道井盖破损，未设警示。',
      '路口警示牌倾倒，夜间视线不良。',
    ],
    measures: ['加固或拆除，完成前设置警戒并安排看护。', '更换井盖，更换前设置围挡和夜间警示灯。'],
    done: ['已加固并检查牢固。', '井盖已更换，围挡已撤除。'],
  },
}

export const categoriesOf: Record<KeyPlace | 'street', Category[]> = {
  'nine-small': ['blocked-exit', 'fire-equipment', 'gas-use', 'living-inside', 'wiring'],
  'e-bike': ['e-bike-charging', 'wiring', 'e-bike-charging'],
  rental: ['wiring', 'e-bike-charging', 'blocked-exit', 'fire-equipment'],
  mall: ['blocked-exit', 'fire-equipment', 'wiring'],
  school: ['fire-equipment', 'blocked-exit', 'gas-use'],
  medical: ['blocked-exit', 'fire-equipment', 'wiring'],
  construction: ['construction', 'construction', 'wiring'],
  enterprise: ['wiring', 'fire-equipment', 'blocked-exit'],
  street: ['other', 'e-bike-charging', 'blocked-exit', 'wiring', 'other'],
}

export const passed = ['现场复查，整改到位。', '已到现场核对，隐患消除。', '复查合格，同意报销号。']
export const sentBack = ['现场仍有杂物未清完，退回继续整改。', '整改不彻底，部分点位未处理，请按要求补齐。']
export const closing = ['资料齐全，同意销号。', '复查通过，予以销号。']
export const reopening = ['回头看发现问题反弹，重新打开。', '抽查时发现同一问题再次出现，须重新整改。']
export const voidAsked = ['与此前上报的为同一处隐患，申请作废。', '核实后所报位置有误，已另行上报，申请作废。']
export const voided = ['经核对确为重复上报，同意作废。', '情况属实，同意作废。']
export const kept = ['两处并非同一隐患，不予作废，请继续整改。']
export const foundMajor = [
  '经现场核查并对照重大事故隐患判定标准，认定为重大事故隐患，请街道挂牌督办。',
  '区安委办会同行业部门现场核实，符合重大事故隐患情形，予以认定。',
]
export const measures = [
  '疏散通道每日巡查，发现堵塞当场清理',
  '电气线路每季度检测，老化线路及时更换',
  '停业后切断非必要电源，由值班人员签字确认',
]
export const lapsed = [
  '清单写明每日巡查，实际连续两周无人签字。',
  '责任人调离后无人接替，检查中断。',
  '该部位未列入风险辨识，没有相应措施。',
]
export const foundOrdinary = [
  '经核查，未达到重大事故隐患判定标准，按一般隐患管理。',
  '现场已采取有效分隔，按一般隐患限期整改。',
]
export const funds = [
  '整改资金 3 万元，由责任单位自筹，已列入本月支出。',
  '整改资金 8 万元，责任单位承担，街道跟踪落实。',
  '整改资金 1.5 万元，从安全生产费用列支。',
]
export const plans = [
  '整改期间停止使用该区域，设置警戒线，安排两人值守；如遇险情立即撤离并报告街道应急办。',
  '整改前每日巡查两次，配备灭火器四具，明确现场负责人和撤离路线。',
]
