import type { Signature } from '@app/shared/inspections/schema'

interface SignatureProps {
  /** Null once it was erased. */
  readonly signature: Signature | null
  /** Whose it is; null where that is not known any more. */
  readonly name: string | null
  /** Where the picture of a drawn one is read. */
  readonly url: (photoId: string) => string
}

/** A signature as it was given: the drawing, or the name that was typed in its place. */
export function SignatureView({ signature, name, url }: SignatureProps) {
  if (signature === null) return <span className="desk-quiet">签名已按规定删除</span>
  if (signature.how === 'typed') {
    return (
      <span className="check-typed">
        {signature.name}
        <span className="desk-quiet">（输入姓名签署）</span>
      </span>
    )
  }
  return <img className="check-drawn" src={url(signature.photo)} alt={`${name ?? '签字人'}的手写签名`} />
}
