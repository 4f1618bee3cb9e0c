import { roles } from '@app/shared/capabilities'
import { joinRoles } from '@app/shared/joining/schema'
import { useMutation } from '@tanstack/react-query'
import { minuteWords } from '../code-words'
import { makeJoiningCode } from '../queries'
import { wordsOf } from '../../../ui/states'

/** 加入码 on the phone of who stands before them: six digits to be read out. */
export function CodeBlock({ streetId, enterpriseId }: { streetId: string; enterpriseId: string }) {
  const { mutate, data, error, isPending } = useMutation(makeJoiningCode(streetId, enterpriseId))
  return (
    <section className="m-block">
      <h2>让本单位的人加入</h2>
      {data && (
        <p role="status">
          <strong className="m-digits">{data.code.replace(/(?=.{3}$)/, ' ')}</strong>
          <br />
          {minuteWords(data.expiresAt)}，只显示这一次。请念给对方，由对方扫墙上的二维码后填写。
        </p>
      )}
      {error && (
        <p className="wrong" role="alert">
          {wordsOf(error)}
        </p>
      )}
      {joinRoles.map((role) => (
        <button
          key={role}
          type="button"
          className="button plain m-wide"
          disabled={isPending}
          onClick={() => mutate(role)}
        >
          给{roles[role].label.replace('企业', '')}发加入码
        </button>
      ))}
    </section>
  )
}
