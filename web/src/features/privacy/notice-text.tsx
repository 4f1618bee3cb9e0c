import { privacyNotice } from '@app/shared/privacy/notice'

/** The notice of what is kept of whom, why, how long, and whom to ask. */
export function NoticeText({ contact }: { contact?: string | undefined }) {
  const { opening, kept, never, rights, ask } = privacyNotice
  return (
    <>
      <p>{opening}</p>
      <h2>保存谁的什么信息</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">对象</th>
            <th scope="col">内容</th>
            <th scope="col">用途</th>
            <th scope="col">保存多久</th>
          </tr>
        </thead>
        <tbody>
          {kept.map(({ who, what, why, howLong }) => (
            <tr key={who}>
              <th scope="row">{who}</th>
              <td data-head="内容">{what}</td>
              <td data-head="用途">{why}</td>
              <td data-head="保存多久">{howLong}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>不做的事</h2>
      <ul>
        {never.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <h2>您的权利</h2>
      <ul>
        {rights.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <h2>向谁提出</h2>
      <p>{contact ?? ask}</p>
    </>
  )
}
