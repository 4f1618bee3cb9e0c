import { useState } from 'react'
import './sign-in.css'

/** Ten codes, shown this once; only who says that they are kept goes on. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const [kept, setKept] = useState(false)
  const [copied, setCopied] = useState(false)
  return (
    <div className="factor">
      <p role="status">
        <strong>第二因素已启用。</strong>
        下面是 10 个恢复码：手机丢失时，每个可代替动态码用一次。请抄写或打印后妥善保管，关闭后无法再次查看。
      </p>
      <ol className="factor-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="button plain"
        onClick={() =>
          void navigator.clipboard.writeText(codes.join('\n')).then(
            () => setCopied(true),
            () => setCopied(false),
          )
        }
      >
        {copied ? '已复制' : '复制全部'}
      </button>
      <label className="factor-kept">
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} />
        我已保存恢复码
      </label>
      <button type="button" className="button" disabled={!kept} onClick={onDone}>
        完成
      </button>
    </div>
  )
}
