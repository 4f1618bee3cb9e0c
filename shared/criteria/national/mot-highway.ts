import type { Document } from '../schema'

export const motHighway: Document = {
  standard: {
    id: 'MOT-HIGHWAY-OPERATION-2023-59',
    kind: 'major',
    scope: 'national',
    title: '公路运营领域重大事故隐患判定标准（全称待核）',
    number: '交办公路〔2023〕59号',
    body: '交通运输部',
    address: null,
    since: '2023',
    supersededBy: null,
    sector: 'traffic',
    note: '2023-10-08 印发，施行日期未核实；只收录 3 项。',
  },
  rows: [
    { at: '5', article: '第五条', sector: '公路运营/桥梁', text: '技术状况5类桥梁未改造且未封闭交通', seen: 'reprint' },
    { at: '6', article: '第六条', sector: '公路运营/隧道', text: '技术状况5类隧道未整治且未关闭', seen: 'reprint' },
    {
      at: '7-1',
      article: '第七条(一)',
      sector: '公路运营/重点路段',
      text: '路侧净区内有高铁、高速、高压塔、危险品库等而未按建设期标准设交通安全设施',
      seen: 'reprint',
    },
  ],
}
