import { privacyNotice } from '@app/shared/privacy/notice'
import { Link } from '@tanstack/react-router'
import '../../ui/article.css'
import { NoticeText } from './notice-text'

/** 个人信息告知, for anybody. */
export function NoticePage() {
  return (
    <div className="help">
      <title>{`${privacyNotice.title} - 治本`}</title>
      <nav aria-label="相关页面">
        <ul>
          <li>
            <a href="/">回到系统</a>
          </li>
          <li>
            <Link to="/help">帮助</Link>
          </li>
        </ul>
      </nav>
      <main>
        <h1>{privacyNotice.title}</h1>
        <NoticeText />
      </main>
    </div>
  )
}
