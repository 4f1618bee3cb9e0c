import type { Document } from '../schema'

export const motRoad: Document = {
  standard: {
    id: 'MOT-ROAD-2023',
    kind: 'major',
    scope: 'national',
    title: '道路运输企业和城市客运企业安全生产重大事故隐患判定标准（试行）',
    number: '交办运 52号（文号待核实）',
    body: '交通运输部',
    address: null,
    since: '2023-10-01',
    supersededBy: null,
    sector: 'traffic',
    note: '只收录第三条。',
  },
  rows: [
    {
      at: '3-1',
      article: '第三条(一)',
      sector: '道路运输/城市客运',
      text: '未取得许可/备案经营，或超范围、超有效期经营',
      seen: 'reprint',
    },
    {
      at: '3-2',
      article: '第三条(二)',
      sector: '道路运输/城市客运',
      text: '使用报废、擅改、拼装、检验不合格等不符合规定的车辆设施经营',
      seen: 'reprint',
    },
    {
      at: '3-3',
      article: '第三条(三)',
      sector: '道路运输/城市客运',
      text: '长期“三超一疲劳”未及时纠正、未在运输结束后一个月内严肃处理，或一次诚信计10分及以上驾驶员仍派班',
      seen: 'reprint',
    },
    {
      at: '3-4',
      article: '第三条(四)',
      sector: '道路运输/城市客运',
      text: '途经地台风橙色及以上或暴雨等红色预警等不具备通行条件时，未执行停运指令或预案仍安排运输',
      seen: 'reprint',
    },
    {
      at: '3-5',
      article: '第三条(五)',
      sector: '道路运输/城市客运',
      text: '法律法规规章规定的其他重大隐患',
      seen: 'reprint',
    },
  ],
}
