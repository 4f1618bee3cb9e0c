import type { Document } from '../schema'

export const mohurdConstruction: Document = {
  standard: {
    id: 'MOHURD-CONSTRUCTION-2024-5',
    kind: 'major',
    scope: 'national',
    title: '房屋市政工程生产安全重大事故隐患判定标准（2024版）',
    number: '建质规〔2024〕5号',
    body: '住房和城乡建设部',
    address: null,
    since: '2024',
    supersededBy: null,
    sector: 'construction',
    note: '标题和文号已印证，条文未见；施行日期未核实；只收录第四条 5 项。',
  },
  rows: [
    {
      at: '4-1',
      article: '第四条(一)',
      sector: '房屋市政工程',
      text: '施工企业无安全生产许可证施工，或超(无)资质承揽',
      seen: 'unseen',
    },
    { at: '4-2', article: '第四条(二)', sector: '房屋市政工程', text: '三类人员无有效考核合格证上岗', seen: 'unseen' },
    {
      at: '4-3',
      article: '第四条(三)',
      sector: '房屋市政工程',
      text: '建筑特种作业人员无有效操作资格证',
      seen: 'unseen',
    },
    {
      at: '4-4',
      article: '第四条(四)',
      sector: '房屋市政工程',
      text: '危大工程无专项方案/未审核/有严重缺陷，或超规模危大工程未经专家论证',
      seen: 'unseen',
    },
    {
      at: '4-5',
      article: '第四条(五)',
      sector: '房屋市政工程',
      text: '需验收的危大工程未验收合格即进入下道工序或使用',
      seen: 'unseen',
    },
  ],
}
