import type { EnterpriseFile } from '@app/shared/enterprises/schema'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { Answer } from '../../../ui/desk/answer'
import { Sheet } from '../../../ui/desk/page'
import { minuteOf } from '../../../ui/desk/times'
import { Qr } from '../../../ui/qr'
import { wordsOf } from '../../../ui/states'
import { issuePoster, posterQuery, revokePoster } from '../queries'
import './poster.css'

interface PosterProps {
  readonly streetId: string
  readonly street: string
  readonly file: Pick<EnterpriseFile, 'id' | 'name'>
  readonly writable: boolean
}

/** 企业二维码: what is printed on A4 and hung on the unit's wall. */
export function PosterSheet({ streetId, street, file, writable }: PosterProps) {
  const { message, modal } = App.useApp()
  const asked = useQuery(posterQuery(streetId, file.id))
  const said = { onError: (error: unknown) => void message.error(wordsOf(error)) }
  const issue = useMutation({ ...issuePoster(streetId, file.id), ...said })
  const revoke = useMutation({ ...revokePoster(streetId, file.id), ...said })
  return (
    <Answer of={asked} rows={8}>
      {({ poster }) =>
        poster ? (
          <>
            <div className="poster-bar">
              <Button type="primary" onClick={() => print()}>
                打印（A4）
              </Button>
              {writable && (
                <Button
                  danger
                  loading={revoke.isPending}
                  onClick={() =>
                    void modal.confirm({
                      title: '停用这张二维码？',
                      content: '墙上的这张从此打不开，需要重新制作、打印和张贴。已经加入的人不受影响。',
                      okText: '停用',
                      okButtonProps: { danger: true },
                      cancelText: '不停用',
                      autoFocusButton: 'cancel',
                      onOk: () => revoke.mutateAsync(undefined).catch(() => undefined),
                    })
                  }
                >
                  停用
                </Button>
              )}
              <span className="desk-quiet">{minuteOf(poster.at)} 制作</span>
            </div>
            <article className="poster" aria-label="二维码海报">
              <p className="poster-street">{street}</p>
              <h2>{file.name}</h2>
              <p className="poster-what">安全生产 一企一码</p>
              <Qr text={location.origin + poster.path} label={`${file.name}的二维码`} />
              <p className="poster-code">编号 {poster.code.replaceAll(/(.{4})(?=.)/g, '$1 ')}</p>
              <ol>
                <li>
                  <strong>本单位主要负责人、安全管理员：</strong>
                  用微信或手机相机扫码，首次选“加入本单位”，填街道告知的 6 位加入码；以后登录自查、整改、上报。
                </li>
                <li>
                  <strong>街道、社区、网格检查人员：</strong>扫码打开本单位档案，开始检查。
                </li>
              </ol>
              <p className="poster-foot">请张贴在出入口显眼处，不要涂改遮挡。破损、遗失请告诉街道重新制作。</p>
            </article>
          </>
        ) : (
          <Sheet>
            <p className="poster-none">
              还没有为这家单位制作二维码。制作后打印张贴，本单位的人扫码加入，检查人员扫码打开档案。
            </p>
            {writable && (
              <Button type="primary" loading={issue.isPending} onClick={() => issue.mutate(undefined)}>
                制作二维码
              </Button>
            )}
          </Sheet>
        )
      }
    </Answer>
  )
}
