import * as v from 'valibot'
import { defaultArrangement, readArrangement } from '../calendar'
import { defaultCommitment } from '../filings/commitment'
import { cadences, mostExpiringDays } from '../filings/periods'
import { text } from '../text'

const days = (least: number, most: number) =>
  v.pipe(
    v.number('请填写天数'),
    v.integer('天数应为整数'),
    v.minValue(least, `至少 ${least} 天`),
    v.maxValue(most, `最多 ${most} 天`),
  )
const optionalText = (max: number) => v.union([v.literal(''), text(max)], `最多 ${max} 个字`)

/** One thing a street may set. `basis` says what its default rests on, `verified` whether that was seen at the source. */
interface Setting {
  readonly group:
    '整改期限' | '复查与提醒' | '检查频次' | '企业自查与申请' | '工作日' | '企业材料' | '文书' | '对外公开'
  readonly label: string
  readonly unit?: string
  readonly schema: v.GenericSchema<unknown, SettingValue>
  readonly default: SettingValue
  readonly basis: string
  readonly verified: boolean
  /** Why nothing follows from it yet; left out where something does. */
  readonly waits?: string
}

export type SettingValue = string | number | boolean | readonly number[]

const practice = '本系统建议值，未查到法定天数'

/**
 * All that a street may set for itself, with the default and what that rests on (records-and-deadlines §3.4). None of
 * these is law: where a rule gives no number, the basis says so.
 */
export const catalogue = {
  'due.on-the-spot': {
    group: '整改期限',
    label: '当场整改',
    unit: '天',
    schema: days(0, 3),
    default: 1,
    waits: '检查中登记为当场整改的，期限一律为当天',
    basis: `一般隐患按16号令用语为发现后能够立即整改排除的隐患；天数为${practice}`,
    verified: false,
  },
  'due.ordinary': {
    group: '整改期限',
    label: '一般隐患',
    unit: '天',
    schema: days(1, 30),
    default: 7,
    basis: `交办时先给出这个期限，可以改；疑似重大的也按此。${practice}`,
    verified: false,
  },
  'due.ordinary-most': {
    group: '整改期限',
    label: '一般隐患最长',
    unit: '天',
    schema: days(7, 60),
    default: 30,
    basis: `交办时不能超过。${practice}`,
    verified: false,
  },
  'due.major': {
    group: '整改期限',
    label: '重大隐患',
    unit: '天',
    schema: days(1, 365),
    default: 90,
    basis: `交办时先给出这个期限，可以改。${practice}；有的城市规定挂牌治理不超过一年`,
    verified: false,
  },
  'due.major-plan': {
    group: '整改期限',
    label: '重大隐患治理方案',
    unit: '天',
    schema: days(1, 30),
    default: 5,
    waits: '重大隐患治理方案启用后生效',
    basis: practice,
    verified: false,
  },
  'recheck.on-the-spot': {
    group: '复查与提醒',
    label: '当场整改的隐患仍须他人复查',
    schema: v.boolean('请选择是或否'),
    default: false,
    waits: '抽查启用后生效；现在当场整改的隐患都须复查后销号',
    basis: '本系统建议值；当场整改须有整改前后照片，并按比例由他人抽查',
    verified: false,
  },
  'recheck.within': {
    group: '复查与提醒',
    label: '报告整改完成后几天内复查',
    unit: '天',
    schema: days(1, 15),
    default: 3,
    waits: '复查超期提醒启用后生效',
    basis: practice,
    verified: false,
  },
  'remind.before': {
    group: '复查与提醒',
    label: '到期前几天提醒（可填多个）',
    unit: '天',
    schema: v.pipe(v.array(days(0, 30)), v.maxLength(5, '最多 5 个提醒日')),
    default: [3, 1, 0],
    basis: '工作台“即将到期”按其中最早的一天计算；当天到期的另列。本系统建议值',
    verified: false,
  },
  'inspect.red': {
    group: '检查频次',
    label: '红色风险单位',
    unit: '天',
    schema: days(1, 730),
    default: 30,
    basis: `距上次检查满这些天即列入待检查。${practice}`,
    verified: false,
  },
  'inspect.orange': {
    group: '检查频次',
    label: '橙色风险单位',
    unit: '天',
    schema: days(1, 730),
    default: 60,
    basis: `距上次检查满这些天即列入待检查。${practice}`,
    verified: false,
  },
  'inspect.yellow': {
    group: '检查频次',
    label: '黄色风险单位',
    unit: '天',
    schema: days(1, 730),
    default: 90,
    basis: `距上次检查满这些天即列入待检查。${practice}`,
    verified: false,
  },
  'inspect.blue': {
    group: '检查频次',
    label: '蓝色风险单位',
    unit: '天',
    schema: days(1, 730),
    default: 180,
    basis: `距上次检查满这些天即列入待检查。${practice}`,
    verified: false,
  },
  'inspect.uncoloured': {
    group: '检查频次',
    label: '未评风险颜色的单位',
    unit: '天',
    schema: days(1, 730),
    default: 90,
    basis: `距上次检查满这些天即列入待检查。${practice}`,
    verified: false,
  },
  'filing.duties': {
    group: '企业材料',
    label: '七项职责履职报告',
    schema: v.picklist(cadences, '请选择多久报一次'),
    default: '每半年',
    basis: '《安全生产法》第二十一条规定主要负责人的七项职责；多久报一次为本系统建议值，暂无条文依据',
    verified: false,
  },
  'filing.responsibility': {
    group: '企业材料',
    label: '全员安全生产责任制',
    schema: v.picklist(cadences, '请选择多久报一次'),
    default: '每年',
    basis: '多久报一次为本系统建议值，暂无条文依据',
    verified: false,
  },
  'filing.commitment': {
    group: '企业材料',
    label: '安全生产承诺书',
    schema: v.picklist(cadences, '请选择多久报一次'),
    default: '每年',
    basis: '经验项，暂无条文依据',
    verified: false,
  },
  'filing.principal-training': {
    group: '企业材料',
    label: '主要负责人培训',
    schema: v.picklist(cadences, '请选择多久一次'),
    default: '每年',
    basis: '专项行动要求重点行业领域主要负责人每年至少培训一次；对其他单位为本系统建议值',
    verified: false,
  },
  'filing.drill': {
    group: '企业材料',
    label: '应急演练（一般单位）',
    schema: v.picklist(cadences, '请选择多久一次'),
    default: '每年',
    basis: '专项行动要求疏散逃生演练每年至少一次',
    verified: true,
  },
  'filing.drill-high-risk': {
    group: '企业材料',
    label: '应急演练（高危行业领域）',
    schema: v.picklist(cadences, '请选择多久一次'),
    default: '每半年',
    basis: '专项行动要求高危行业领域疏散逃生演练每半年至少一次',
    verified: true,
  },
  'filing.drill-crowded': {
    group: '企业材料',
    label: '应急演练（人员密集场所）',
    schema: v.picklist(cadences, '请选择多久一次'),
    default: '每半年',
    basis: '《生产安全事故应急条例》第八条：人员密集场所经营单位的预案演练每半年至少一次',
    verified: true,
  },
  'filing.newcomers-at-once': {
    group: '企业材料',
    label: '新建档单位从当期就要报',
    schema: v.boolean('请选择是或否'),
    default: false,
    basis: '选否时，期中建档的单位从下一个完整期间起报。本系统建议值',
    verified: false,
  },
  'filing.expiring-days': {
    group: '企业材料',
    label: '证书到期前几天提醒',
    unit: '天',
    schema: days(1, mostExpiringDays),
    default: 30,
    basis: '本系统建议值，未查到法定天数',
    verified: false,
  },
  'filing.commitment-text': {
    group: '企业材料',
    label: '承诺书正文',
    schema: text(2000),
    default: defaultCommitment,
    basis: '默认文本为本系统自拟，不是法定格式；改动只影响以后确认的承诺书',
    verified: false,
  },
  'selfcheck.monthly': {
    group: '企业自查与申请',
    label: '要求单位每月自查一次',
    schema: v.boolean('请选择是或否'),
    default: true,
    basis: '由街道决定。每月一次为本系统建议值；上级方案对主要负责人带队自查的频次要求待核实',
    verified: false,
  },
  'sample.share': {
    group: '企业自查与申请',
    label: '自查自改抽查核验比例',
    unit: '%',
    schema: v.pipe(
      v.number('请填写百分数'),
      v.integer('请填写整数'),
      v.minValue(0, '最少 0'),
      v.maxValue(100, '最多 100'),
    ),
    default: 20,
    basis: '自查自改的隐患不再逐条复查，按这个比例抽出由他人核验。本系统建议值',
    verified: false,
  },
  'extension.most': {
    group: '企业自查与申请',
    label: '一条隐患最多延期几次',
    unit: '次',
    schema: v.pipe(
      v.number('请填写次数'),
      v.integer('请填写整数'),
      v.minValue(0, '最少 0'),
      v.maxValue(5, '最多 5 次'),
    ),
    default: 1,
    basis: '一般隐患延期次数，本系统建议值，未查到法定次数',
    verified: false,
  },
  'extension.days': {
    group: '企业自查与申请',
    label: '每次延期最长',
    unit: '天',
    schema: days(1, 90),
    default: 15,
    basis: practice,
    verified: false,
  },
  'extension.answer': {
    group: '企业自查与申请',
    label: '延期申请几个工作日内答复',
    unit: '工作日',
    schema: days(1, 20),
    default: 3,
    basis: `${practice}；待核实。工作日按“节假日安排”推算`,
    verified: false,
  },
  'objection.answer': {
    group: '企业自查与申请',
    label: '异议几个工作日内答复',
    unit: '工作日',
    schema: days(1, 30),
    default: 5,
    basis: `${practice}；待核实。工作日按“节假日安排”推算`,
    verified: false,
  },
  'calendar.arrangement': {
    group: '工作日',
    label: '节假日安排',
    schema: v.pipe(
      v.union([v.literal(''), text(2000)], '最多 2000 个字'),
      v.rawCheck(({ dataset, addIssue }) => {
        const read = dataset.typed ? readArrangement(dataset.value) : { off: 0 }
        if ('wrong' in read) addIssue({ message: read.wrong })
      }),
    ),
    default: defaultArrangement,
    basis:
      '每行一段，如“2027-01-01 至 2027-01-03 放假”“2027-01-04 上班”。国务院办公厅每年公布，公布后请补上；没有列出的年份只按周末推算。默认为 2026 年，据公开数据整理，未对照原文',
    verified: false,
  },
  'signal.within': {
    group: '企业自查与申请',
    label: '自查与检查对照的天数',
    unit: '天',
    schema: days(1, 180),
    default: 60,
    basis: '自查后这些天内的检查与自查对照；仅供安排检查时参考，不计分。本系统建议值',
    verified: false,
  },
  'signal.repeats': {
    group: '企业自查与申请',
    label: '同类问题查出几次算反复',
    unit: '次',
    schema: v.pipe(
      v.number('请填写次数'),
      v.integer('请填写整数'),
      v.minValue(2, '至少 2 次'),
      v.maxValue(10, '最多 10 次'),
    ),
    default: 2,
    basis: '近 180 天内在不同次检查中查出的同一类别。本系统建议值',
    verified: false,
  },
  'signal.least-visits': {
    group: '企业自查与申请',
    label: '至少检查过几次才提示不一致',
    unit: '次',
    schema: v.pipe(
      v.number('请填写次数'),
      v.integer('请填写整数'),
      v.minValue(1, '至少 1 次'),
      v.maxValue(20, '最多 20 次'),
    ),
    default: 2,
    basis: '近 180 天内检查次数不足的单位不提示，避免凭一次检查下结论。本系统建议值',
    verified: false,
  },
  'letter.name': {
    group: '文书',
    label: '整改文书名称',
    schema: v.picklist(['隐患整改告知单', '隐患整改通知单', '责令限期整改通知书'], '请选择文书名称'),
    default: '隐患整改告知单',
    waits: '文书功能启用后生效',
    basis: '街道一般没有行政处罚权，默认用告知单；取得授权后再改为其他名称',
    verified: false,
  },
  'letter.style': {
    group: '文书',
    label: '文书编号式样',
    schema: v.picklist(['简称〔年〕号', '年-号'], '请选择编号式样'),
    default: '简称〔年〕号',
    waits: '文书功能启用后生效',
    basis: '公文发文字号用六角括号（GB/T 9704-2012）',
    verified: true,
  },
  'contact.office': {
    group: '对外公开',
    label: '公开的联系单位',
    schema: optionalText(40),
    default: '',
    basis: '写在本区公示页和本街道人员的个人信息告知上',
    verified: true,
  },
  'contact.phone': {
    group: '对外公开',
    label: '公开的联系电话',
    schema: v.union(
      [v.literal(''), v.pipe(v.string(), v.trim(), v.regex(/^[0-9][0-9 -]{2,20}$/, '请填写单位电话，如 0759-1234567'))],
      '请填写单位电话，如 0759-1234567',
    ),
    default: '',
    basis: '请填单位电话，不要填个人手机',
    verified: true,
  },
} as const satisfies Record<string, Setting>

export type SettingKey = keyof typeof catalogue
export const settingKeys = Object.keys(catalogue) as [SettingKey, ...SettingKey[]]

export type Settings = { readonly [K in SettingKey]: v.InferOutput<(typeof catalogue)[K]['schema']> }

/** All settings of a street: what it has set, and the default of everything else. */
export function settingsOf(set: readonly { key: SettingKey; value: SettingValue }[]): Settings {
  const own = new Map(set.map(({ key, value }) => [key, value]))
  // Safe: a value was parsed by its schema before it was kept.
  return Object.fromEntries(settingKeys.map((key) => [key, own.get(key) ?? catalogue[key].default])) as Settings
}

/** A value as its setting takes it, or what is wrong with it. */
export function parsedSetting(key: SettingKey, value: unknown): { value: SettingValue } | { wrong: string } {
  const schema: v.GenericSchema<unknown, SettingValue> = catalogue[key].schema
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return { value: parsed.output }
  const { message } = parsed.issues[0]
  // The schema library's own messages are English.
  return { wrong: /[\u4e00-\u9fff]/.test(message) ? message : '填写不正确' }
}
