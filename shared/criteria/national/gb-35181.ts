import type { Document } from '../schema'

export const gb35181of2017: Document = {
  standard: {
    id: 'GB-35181-2017',
    kind: 'major',
    scope: 'national',
    title: '重大火灾隐患判定（2017年版，名称待核）',
    number: 'GB 35181-2017',
    body: '国家标准',
    address: null,
    since: '2017',
    supersededBy: { id: 'GB-35181-2025', from: '2025-11-01', confirmed: true },
    sector: 'fire',
    note: '已被 2025 年版代替，只收录 10 项直接判定要素作为筛查提示，不能据以判定。',
  },
  rows: [
    {
      at: '6.1',
      article: '6.1',
      sector: '消防/重大火灾隐患',
      text: '易燃易爆危险品工厂、仓库、专用车站码头、储罐区未设在城市边缘或独立安全地带',
      seen: 'unseen',
    },
    {
      at: '6.2',
      article: '6.2',
      sector: '消防/重大火灾隐患',
      text: '易燃易爆危险品场所与人员密集/居住场所同一建筑，或间距小于规定值75%',
      seen: 'unseen',
    },
    {
      at: '6.3',
      article: '6.3',
      sector: '消防/重大火灾隐患',
      text: '建成区加油加气站储量达到或超过一级站',
      seen: 'unseen',
    },
    {
      at: '6.4',
      article: '6.4',
      sector: '消防/重大火灾隐患',
      text: '甲、乙类场所和仓库设在地下、半地下',
      seen: 'unseen',
    },
    {
      at: '6.5',
      article: '6.5',
      sector: '消防/重大火灾隐患',
      text: '公共娱乐场所、商店、地下人员密集场所安全出口数量不足或总净宽小于规定80%',
      seen: 'unseen',
    },
    {
      at: '6.6',
      article: '6.6',
      sector: '消防/重大火灾隐患',
      text: '旅馆、公共娱乐场所、商店、地下人员密集场所未设自动喷水灭火或火灾自动报警',
      seen: 'unseen',
    },
    {
      at: '6.7',
      article: '6.7',
      sector: '消防/重大火灾隐患',
      text: '易燃可燃液体、可燃气体储罐区未设固定灭火、冷却、报警设施',
      seen: 'unseen',
    },
    {
      at: '6.8',
      article: '6.8',
      sector: '消防/重大火灾隐患',
      text: '人员密集场所违规使用、储存、销售易燃易爆危险品',
      seen: 'unseen',
    },
    {
      at: '6.9',
      article: '6.9',
      sector: '消防/重大火灾隐患',
      text: '儿童用房、老年人活动场所楼层位置不符合规定',
      seen: 'unseen',
    },
    {
      at: '6.10',
      article: '6.10',
      sector: '消防/重大火灾隐患',
      text: '人员密集场所的居住部分用低于A级芯材的彩钢夹芯板搭建',
      seen: 'unseen',
    },
  ],
}

/** Known to be in force; its text was not obtained, so no row of it is carried. */
export const gb35181: Document = {
  standard: {
    id: 'GB-35181-2025',
    kind: 'major',
    scope: 'national',
    title: '重大火灾隐患判定规则',
    number: 'GB 35181-2025',
    body: '国家标准',
    address: null,
    since: '2025-11-01',
    supersededBy: null,
    sector: 'fire',
    note: '条文未取得，本目录未收录，请查原文。新增或调整的概念有：儿童活动场所、老年人照料设施、劳动密集型企业、多业态混合生产经营场所；取消判定程序一章，附录A规定报警、灭火设施失效的情形。',
  },
  rows: [],
}
