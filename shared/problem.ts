/** Every way a request can fail. The slug is the contract; the title is for people. */
export const problemTypes = {
  malformed: { status: 400, title: '请求无法读取' },
  'foreign-origin': { status: 403, title: '请求来源不可信，请从本系统页面操作' },
  unauthenticated: { status: 401, title: '请先登录' },
  forbidden: { status: 403, title: '您的岗位没有此项权限' },
  'sign-in-unfinished': { status: 403, title: '登录还差一步，请先完成' },
  'verify-again': { status: 403, title: '这项操作需要再次验证身份' },
  suspended: { status: 403, title: '本单位已暂停使用，只能查看' },
  'not-found': { status: 404, title: '没有找到' },
  stale: { status: 409, title: '他人已先作修改，请刷新后再试' },
  'rule-broken': { status: 409, title: '当前状态不允许此操作' },
  'already-there': { status: 409, title: '这条记录已经提交过' },
  'too-large': { status: 413, title: '上传内容过大' },
  'no-such-range': { status: 416, title: '文件没有这一段' },
  'not-a-photo': { status: 415, title: '不是可用的照片' },
  'invalid-input': { status: 422, title: '有内容需要更正' },
  'photos-missing': { status: 422, title: '有照片尚未上传' },
  'key-reused': { status: 422, title: '同一提交编号对应了不同内容' },
  'rate-limited': { status: 429, title: '操作过于频繁，请稍后再试' },
  internal: { status: 500, title: '系统出错，请稍后再试' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemSlug = keyof typeof problemTypes

/** One refused field; `pointer` is a JSON Pointer (RFC 6901) into the request. */
export interface FieldError {
  pointer: string
  detail: string
}

/** The RFC 9457 document as it travels. */
export interface ProblemDocument {
  type: string
  title: string
  status: number
  detail?: string
  instance?: string
  errors?: FieldError[]
}

const typeBase = 'urn:zhiben:problem:'

/** The only error that crosses the wire: thrown in the worker, rebuilt in the browser. */
export class Problem extends Error {
  readonly slug: ProblemSlug
  readonly detail: string | undefined
  readonly errors: FieldError[] | undefined
  /** Seconds until it is worth another try, for `rate-limited`. */
  retryAfter: number | undefined
  override name = 'Problem'

  constructor(slug: ProblemSlug, detail?: string, errors?: FieldError[]) {
    super(detail ?? problemTypes[slug].title)
    this.slug = slug
    this.detail = detail
    this.errors = errors
  }

  /** Too often: `detail` says so, and nothing is worth trying for so many milliseconds. */
  static tooOften(detail: string, milliseconds: number): Problem {
    const problem = new Problem('rate-limited', detail)
    problem.retryAfter = Math.max(1, Math.ceil(milliseconds / 1000))
    return problem
  }

  get status() {
    return problemTypes[this.slug].status
  }

  toDocument(instance?: string): ProblemDocument {
    const { status, title } = problemTypes[this.slug]
    return {
      type: typeBase + this.slug,
      title,
      status,
      ...(this.detail !== undefined && { detail: this.detail }),
      ...(instance !== undefined && { instance }),
      ...(this.errors !== undefined && { errors: this.errors }),
    }
  }

  /** Rebuilds a problem from a response body; anything unrecognised becomes `internal`. */
  static fromDocument(body: unknown): Problem {
    const doc = (typeof body === 'object' && body !== null ? body : {}) as Partial<ProblemDocument>
    const slug = doc.type?.startsWith(typeBase) ? doc.type.slice(typeBase.length) : ''
    return Object.hasOwn(problemTypes, slug)
      ? new Problem(slug as ProblemSlug, doc.detail, doc.errors)
      : new Problem('internal')
  }
}
