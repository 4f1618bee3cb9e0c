import {
  AuditOutlined,
  CheckSquareOutlined,
  ApartmentOutlined,
  BankOutlined,
  ContactsOutlined,
  DashboardOutlined,
  ExportOutlined,
  FileDoneOutlined,
  FileTextOutlined,
  FolderOpenOutlined,
  LockOutlined,
  OrderedListOutlined,
  ProfileOutlined,
  ReadOutlined,
  RetweetOutlined,
  SafetyOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  ShopOutlined,
  SolutionOutlined,
  TeamOutlined,
  TrophyOutlined,
  UnorderedListOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons'
import type { Capability } from '@app/shared/capabilities'
import type { Me, Post } from '@app/shared/people/schema'
import { type ReactNode, useMemo } from 'react'
import { DeskCorner } from '../../features/session/desk/desk-corner'
import { DeskFrame, type MenuItem } from '../../ui/desk/desk-frame'
import { stoppedWords } from '../../ui/stopped'

type Entry = MenuItem & { readonly needs?: Capability }

/** The pages of a post, each behind the capability it needs. */
function menuOf(post: Post): MenuItem[] {
  const everyone: Entry = {
    label: '岗位权限',
    to: '/admin/roles',
    search: { post: post.slug },
    icon: <SafetyCertificateOutlined />,
  }
  return [...entriesOf(post), everyone].filter(({ needs }) => !needs || post.capabilities.includes(needs))
}

function entriesOf(post: Post): Entry[] {
  if (post.kind === 'platform') {
    return [
      { label: '租户与运行', to: '/admin/platform', icon: <BankOutlined />, exact: true, needs: 'tenant.view' },
      { label: '登录安全', to: '/admin/platform-sign-in', icon: <LockOutlined />, needs: 'security.manage' },
      { label: '审计日志', to: '/admin/platform-audit', icon: <AuditOutlined />, needs: 'audit.view' },
    ]
  }
  if (post.kind === 'street') {
    const at = `/admin/s/${post.slug}`
    return [
      { label: '工作台', to: at, icon: <DashboardOutlined />, exact: true, needs: 'hazard.view' },
      { label: '隐患台账', to: `${at}/hazards`, icon: <UnorderedListOutlined />, needs: 'hazard.view' },
      { label: '企业一企一档', to: `${at}/enterprises`, icon: <ShopOutlined />, needs: 'enterprise.view' },
      { label: '检查记录', to: `${at}/inspections`, icon: <FileDoneOutlined />, needs: 'inspection.view' },
      { label: '企业材料', to: `${at}/filings`, icon: <ProfileOutlined />, needs: 'filing.view' },
      { label: '企业自查', to: `${at}/selfchecks`, icon: <CheckSquareOutlined />, needs: 'selfcheck.view' },
      { label: '检查表', to: `${at}/checklists`, icon: <OrderedListOutlined />, needs: 'inspection.sign' },
      { label: '判定标准', to: `${at}/criteria`, icon: <ReadOutlined />, needs: 'inspection.view' },
      { label: '双随机抽取', to: `${at}/draws`, icon: <RetweetOutlined />, needs: 'draw.view' },
      { label: '考核排名', to: `${at}/scores`, icon: <TrophyOutlined />, needs: 'score.view' },
      { label: '组织与网格', to: `${at}/places`, icon: <ApartmentOutlined />, needs: 'people.view' },
      { label: '人员与岗位', to: `${at}/people`, icon: <TeamOutlined />, needs: 'people.view' },
      { label: '双包责任', to: `${at}/charges`, icon: <UserSwitchOutlined />, needs: 'people.view' },
      { label: '领导小组', to: `${at}/leading-group`, icon: <SolutionOutlined />, needs: 'people.view' },
      { label: '成员单位', to: `${at}/units`, icon: <ContactsOutlined />, needs: 'people.view' },
      { label: '登录安全', to: `${at}/sign-in-policy`, icon: <LockOutlined />, needs: 'security.manage' },
      { label: '登录审计', to: `${at}/sign-in-events`, icon: <SafetyOutlined />, needs: 'audit.view' },
      { label: '审计日志', to: `${at}/audit`, icon: <AuditOutlined />, needs: 'audit.view' },
      { label: '争议保留', to: `${at}/holds`, icon: <FolderOpenOutlined />, needs: 'retention.hold' },
      { label: '数据导出', to: `${at}/exports`, icon: <ExportOutlined />, needs: 'street.export' },
      { label: '街道设置', to: `${at}/settings`, icon: <SettingOutlined />, needs: 'settings.manage' },
    ]
  }
  const at = `/admin/d/${post.slug}`
  return [
    { label: '区级工作台', to: at, icon: <DashboardOutlined />, exact: true, needs: 'hazard.view' },
    { label: '隐患与认定', to: `${at}/hazards`, icon: <UnorderedListOutlined />, needs: 'hazard.view' },
    { label: '街道排名', to: `${at}/rankings`, icon: <TrophyOutlined />, needs: 'score.view' },
    { label: '通报', to: `${at}/notices`, icon: <FileTextOutlined />, needs: 'notice.view' },
    { label: '街道列表', to: `${at}/streets`, icon: <ApartmentOutlined />, needs: 'score.view' },
    { label: '区级人员', to: `${at}/people`, icon: <TeamOutlined />, needs: 'people.view' },
    { label: '成员单位', to: `${at}/units`, icon: <ContactsOutlined />, needs: 'people.view' },
    { label: '登录安全', to: `${at}/sign-in-policy`, icon: <LockOutlined />, needs: 'security.manage' },
    { label: '登录审计', to: `${at}/sign-in-events`, icon: <SafetyOutlined />, needs: 'audit.view' },
    { label: '审计日志', to: `${at}/audit`, icon: <AuditOutlined />, needs: 'audit.view' },
  ]
}

/** The desk as this post has it. */
export function PostFrame({ me, post, children }: { me: Me; post: Post; children: ReactNode }) {
  const { name, demo, capabilities } = post
  const stopped = stoppedWords(post)
  const menu = useMemo(() => menuOf(post), [post])
  const place = useMemo(
    () => ({ name, home: menu[0]?.to ?? '/', demo, stopped, capabilities }),
    [name, menu, demo, stopped, capabilities],
  )
  return (
    <DeskFrame place={place} menu={menu} corner={<DeskCorner me={me} post={post} />}>
      {children}
    </DeskFrame>
  )
}
