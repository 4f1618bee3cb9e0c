import type { Document } from '../schema'

export const workSafetyLaw: Document = {
  standard: {
    id: 'WORK-SAFETY-LAW-2021',
    kind: 'duty',
    scope: 'national',
    title: '安全生产法（2021）',
    number: null,
    body: '全国人大常委会',
    address: null,
    since: '2021',
    supersededBy: null,
    sector: 'other',
    note: '按 2025 年 4 月的文本整理，其后有修改的须重新核对。',
  },
  rows: [
    {
      at: '21',
      article: '第二十一条',
      sector: '通用',
      text: '主要负责人有七项职责：建立并落实全员安全生产责任制、组织制定规章制度和操作规程、组织制定并实施教育培训计划、保证安全投入有效实施、组织建立双重预防机制并督促检查及时消除隐患、组织制定并实施应急预案、及时如实报告事故',
      seen: 'reprint',
    },
    {
      at: '27',
      article: '第二十七条',
      sector: '通用',
      text: '危险物品、矿山、金属冶炼、建筑施工、运输单位的主要负责人和安全管理人员须经主管部门考核合格',
      seen: 'reprint',
    },
    {
      at: '28',
      article: '第二十八条',
      sector: '通用',
      text: '安全教育培训要建档，记明时间、内容、参加人员和考核结果',
      seen: 'reprint',
    },
    {
      at: '41',
      article: '第四十一条',
      sector: '通用',
      text: '隐患排查治理情况要如实记录并告知从业人员；重大隐患还要报告监管部门和职工代表大会',
      seen: 'reprint',
    },
    {
      at: '65',
      article: '第六十五条',
      sector: '通用',
      text: '重大隐患排除前或排除过程中无法保证安全的，应停止使用',
      seen: 'reprint',
    },
    { at: '75', article: '第七十五条', sector: '通用', text: '居民委员会发现隐患要报告', seen: 'reprint' },
  ],
}

export const fireLaw: Document = {
  standard: {
    id: 'FIRE-LAW-2021',
    kind: 'duty',
    scope: 'national',
    title: '消防法（2021）',
    number: null,
    body: '全国人大常委会',
    address: null,
    since: '2021',
    supersededBy: null,
    sector: 'fire',
    note: '按 2025 年 4 月的文本整理，其后有修改的须重新核对。',
  },
  rows: [
    { at: '16-3', article: '第十六条(三)', sector: '通用', text: '建筑消防设施每年至少全面检测一次', seen: 'reprint' },
    { at: '17-3', article: '第十七条(三)', sector: '通用', text: '消防安全重点单位每日防火巡查', seen: 'reprint' },
  ],
}

export const guangdongFire: Document = {
  standard: {
    id: 'GUANGDONG-FIRE-2022',
    kind: 'duty',
    scope: 'national',
    title: '广东省实施〈消防法〉办法',
    number: null,
    body: '广东省',
    address: null,
    since: '2022',
    supersededBy: null,
    sector: 'fire',
    note: '按 2025 年 4 月的文本整理，其后有修改的须重新核对。',
  },
  rows: [
    {
      at: '9',
      article: '第九条',
      sector: '通用',
      text: '火灾高危单位每年做一次消防安全评估',
      seen: 'reprint',
      note: '地方规定，只在广东省适用',
    },
  ],
}

export const emergencyRegulation: Document = {
  standard: {
    id: 'EMERGENCY-REGULATION-2019',
    kind: 'duty',
    scope: 'national',
    title: '生产安全事故应急条例（2019）',
    number: null,
    body: '国务院',
    address: null,
    since: '2019',
    supersededBy: null,
    sector: 'other',
    note: '按 2025 年 4 月的文本整理，其后有修改的须重新核对。',
  },
  rows: [
    {
      at: '8',
      article: '第八条',
      sector: '通用',
      text: '危险物品、矿山、金属冶炼、城市轨道交通、建筑施工单位，以及宾馆、商场、娱乐场所、旅游景区等人员密集场所经营单位，每半年至少组织一次应急预案演练，并报县级监管部门',
      seen: 'reprint',
    },
  ],
}

export const planRules: Document = {
  standard: {
    id: 'EMERGENCY-PLAN-RULES',
    kind: 'duty',
    scope: 'national',
    title: '应急预案管理办法',
    number: null,
    body: '应急管理部',
    address: null,
    since: null,
    supersededBy: null,
    sector: 'other',
    note: '按 2025 年 4 月的文本整理，其后有修改的须重新核对。',
  },
  rows: [
    {
      at: '33',
      article: '第三十三条',
      sector: '通用',
      text: '须每半年演练的单位以外，其他单位每年至少演练一次综合或专项预案，每半年至少演练一次现场处置方案；最低要求是其中一种',
      seen: 'reprint',
    },
  ],
}

export const trainingRules: Document = {
  standard: {
    id: 'TRAINING-RULES',
    kind: 'duty',
    scope: 'national',
    title: '生产经营单位安全培训规定',
    number: null,
    body: '应急管理部',
    address: null,
    since: null,
    supersededBy: null,
    sector: 'other',
    note: '按 2025 年 4 月的文本整理，其后有修改的须重新核对。',
  },
  rows: [
    {
      at: '9',
      article: '第九条',
      sector: '通用',
      text: '主要负责人和安全管理人员初次培训不少于32学时，每年再培训不少于12学时；矿山、危险化学品、烟花爆竹、金属冶炼单位为48学时和16学时',
      seen: 'reprint',
      note: '条款号待核实',
    },
    {
      at: '13',
      article: '第十三条',
      sector: '通用',
      text: '新上岗人员岗前培训不少于24学时；矿山、危险化学品、烟花爆竹、金属冶炼单位不少于72学时，每年再培训20学时',
      seen: 'reprint',
    },
    {
      at: '17',
      article: '第十七条',
      sector: '通用',
      text: '单位内调岗或离岗一年以上重新上岗的，要重新接受车间和班组培训',
      seen: 'reprint',
    },
  ],
}

export const publicSecurity61: Document = {
  standard: {
    id: 'MPS-ORDER-61',
    kind: 'duty',
    scope: 'national',
    title: '公安部令第61号（规章名称待核）',
    number: null,
    body: '公安部',
    address: null,
    since: null,
    supersededBy: null,
    sector: 'fire',
    note: '规章名称和条款号均待核实。',
  },
  rows: [
    {
      at: 'inspection',
      article: null,
      sector: '通用',
      text: '消防安全重点单位每月检查一次、每半年演练一次；公众聚集场所营业期间每两小时防火巡查一次',
      seen: 'unseen',
    },
  ],
}

/** The paper the campaign rests on; clauses 3.1.4, 3.2 and 3.3 of it. */
export const lehuaPlan: Document = {
  standard: {
    id: 'LEHUA-PLAN-2024-9',
    kind: 'duty',
    scope: 'street',
    title: '乐华街道安全生产治本攻坚三年行动实施方案（2024-2026年）',
    number: '湛开乐办〔2024〕9号',
    body: '乐华街道',
    address: null,
    since: '2024',
    supersededBy: null,
    sector: 'other',
    note: '按各条所在的部分和序号引用。',
  },
  rows: [
    {
      at: '3.1.4-a',
      article: '三（一）4',
      sector: '通用',
      text: '各类企业建立从主要负责人到一线员工的全员安全生产责任制',
      seen: 'reprint',
      note: '乐华街道的方案，其他街道请对照本街道的方案',
    },
    {
      at: '3.1.4-c',
      article: '三（一）4',
      sector: '通用',
      text: '生产经营单位健全特种作业审批制度',
      seen: 'reprint',
      note: '乐华街道的方案，其他街道请对照本街道的方案',
    },
    {
      at: '3.1.4-d',
      article: '三（一）4',
      sector: '通用',
      text: '严格遵守操作规程、落实安全措施，加强作业过程管理',
      seen: 'reprint',
      note: '乐华街道的方案，其他街道请对照本街道的方案',
    },
    {
      at: '3.2-b',
      article: '三（二）',
      sector: '通用',
      text: '主要负责人安全培训情况是每次执法检查的必查内容',
      seen: 'reprint',
      note: '乐华街道的方案，其他街道请对照本街道的方案',
    },
    {
      at: '3.3.1-d',
      article: '三（三）1',
      sector: '通用',
      text: '生产经营单位制定培训计划，明确内容、人员、学时',
      seen: 'reprint',
      note: '乐华街道的方案，其他街道请对照本街道的方案',
    },
    {
      at: '3.3.2-a',
      article: '三（三）2',
      sector: '通用',
      text: '生产经营单位每年至少组织一次疏散逃生演练，高危行业领域每半年至少一次',
      seen: 'reprint',
      note: '乐华街道的方案，其他街道请对照本街道的方案',
    },
    {
      at: '3.3.2-c',
      article: '三（三）2',
      sector: '通用',
      text: '全体从业人员熟知逃生通道、安全出口和应急处置要求',
      seen: 'reprint',
      note: '乐华街道的方案，其他街道请对照本街道的方案',
    },
  ],
}
