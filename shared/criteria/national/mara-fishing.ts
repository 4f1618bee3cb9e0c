import type { Document } from '../schema'

export const maraFishing: Document = {
  standard: {
    id: 'MARA-FISHING-2022-11',
    kind: 'major',
    scope: 'national',
    title: '渔业船舶重大事故隐患判定标准（试行，全称待核）',
    number: '农渔发〔2022〕11号',
    body: '农业农村部',
    address: null,
    since: '2022-04-02',
    supersededBy: null,
    sector: 'water',
    note: '只适用于核定载员 10 人及以上的渔业船舶。',
  },
  rows: [
    {
      at: '1',
      article: '(一)',
      sector: '渔业船舶(核定载员10人及以上)',
      text: '未经批准改变船体结构、主尺度或作业类型',
      seen: 'reprint',
    },
    {
      at: '2',
      article: '(二)',
      sector: '渔业船舶(核定载员10人及以上)',
      text: '救生消防设施、号灯不处于良好可用状态',
      seen: 'reprint',
    },
    { at: '3', article: '(三)', sector: '渔业船舶(核定载员10人及以上)', text: '职务船员低于最低配员', seen: 'reprint' },
    {
      at: '4',
      article: '(四)',
      sector: '渔业船舶(核定载员10人及以上)',
      text: '关闭、破坏、屏蔽、拆卸北斗/VMS/AIS等终端，或篡改隐瞒销毁数据',
      seen: 'reprint',
    },
    {
      at: '5',
      article: '(五)',
      sector: '渔业船舶(核定载员10人及以上)',
      text: '超核定航区、抗风等级或超载航行作业',
      seen: 'reprint',
    },
    {
      at: '6',
      article: '(六)',
      sector: '渔业船舶(核定载员10人及以上)',
      text: '检验证书或国籍证书失效仍出海',
      seen: 'reprint',
    },
    {
      at: '7',
      article: '(七)',
      sector: '渔业船舶(核定载员10人及以上)',
      text: '超核定载员或未经批准载客',
      seen: 'reprint',
    },
    {
      at: '8',
      article: '(八)',
      sector: '渔业船舶(核定载员10人及以上)',
      text: '防台等期间不服从停航、撤离、转移决定，未及时撤离',
      seen: 'reprint',
    },
  ],
}
