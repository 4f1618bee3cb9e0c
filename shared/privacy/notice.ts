import { terms } from '../retention'

/** One kind of person, and what is kept of them. */
export interface KeptOf {
  readonly who: string
  readonly what: string
  readonly why: string
  readonly howLong: string
}

const years = (days: number) => (days % 365 === 0 ? `${days / 365} 年` : `${days} 天`)

/**
 * What is told to those whose data are kept (个人信息告知; PIPL art. 17 and 35). The same text is shown at first sign-in
 * and, without one, under `/privacy`.
 */
export const privacyNotice = {
  title: '个人信息告知',
  /** Raise it when the text changes in substance. */
  version: 2,
  opening:
    '本系统由您所在的街道（区）用于履行安全生产监督检查职责。为履行法定职责处理个人信息，无需另行取得同意，但应当告知您下列事项（《个人信息保护法》第十三条、第十七条、第三十五条）。',
  kept: [
    {
      who: '街道、社区、区级工作人员',
      what: '姓名、岗位、负责范围、用户名；本人填写的联系电话（加密保存，列表中只显示掩码）；登录时间和办理记录',
      why: '确定谁负责、谁办理、谁复查，保证同一件事由不同的人经办和审核',
      howLong: `在岗期间；离岗后随所办记录保存，一般记录 ${years(terms.ordinary.days)}，重大隐患 ${years(terms.major.days)}`,
    },
    {
      who: '企业主要负责人、安全管理员、整改责任人',
      what: '姓名、所属单位、联系电话（加密保存）、整改和自查记录',
      why: '通知整改、督促落实、核对整改结果',
      howLong: `隐患销号后 ${years(terms.ordinary.days)}；重大隐患 ${years(terms.major.days)}`,
    },
    {
      who: '企业从业人员（持特种作业证、参加作业、培训或演练的人）',
      what: '姓名；特种作业证的编号（加密保存，只显示后四位）、照片和有效期；参加的作业、培训和演练',
      why: '核对持证上岗、危险作业审批和培训演练是否落实',
      howLong: '随所属企业的材料保存；删除个人信息时清除写有姓名的内容和证书编号',
    },
    {
      who: '举报隐患的群众',
      what: '可以匿名；愿意留下的联系方式加密保存',
      why: '核实情况、反馈结果、兑现奖励',
      howLong: years(terms.reporter.days),
    },
    {
      who: '所有登录的人',
      what: '登录成功或失败的时间；谁在何时做了什么（审计日志，只记人员编号）',
      why: '保护账号安全，发现越权和篡改',
      howLong: `不少于 ${Math.round(terms.audit.days / 31)} 个月`,
    },
  ] satisfies KeptOf[],
  never: [
    '不采集行走轨迹，只在需要时记录到场的一个位置点；',
    '不采集人脸、指纹；照片保存前去除位置、设备等附带信息；',
    '登录次数、在线时长、照片数量不作为考核指标；',
    '公示页面不出现个人姓名和电话。',
  ],
  rights: [
    '查阅、复制：可以要求得到本系统中关于您的全部记录；',
    '更正：姓名、电话有误可以要求更正；',
    '删除：离岗且名下没有未办结隐患的，可以要求删除；依法须保存的办理记录只保留编号，不保留姓名；',
    '投诉：对处理有异议的，可以向所在街道或区安委办提出，也可以向网信部门投诉。',
  ],
  ask: '请联系所在街道应急办（安委办）的系统管理员；区级人员请联系区安委办。',
} as const
