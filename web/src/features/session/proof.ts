/** What somebody typed to prove who they are: six digits or a recovery code where that is what was asked, else a password. */
export function proofOf(typed: string, byCode: boolean): { password: string } | { code: string } {
  return byCode ? { code: typed } : { password: typed }
}

/** Words for a sign-in's device, out of what its browser says of itself. */
export function deviceWords(agent: string | null): string {
  if (!agent) return '未知设备'
  const system =
    (/HarmonyOS|OpenHarmony/.test(agent) && '鸿蒙') ||
    (/iPhone|iPad/.test(agent) && '苹果手机') ||
    (/Android/.test(agent) && '安卓手机') ||
    (/Windows/.test(agent) && 'Windows 电脑') ||
    (/Mac OS X/.test(agent) && '苹果电脑') ||
    (/Linux/.test(agent) && 'Linux 电脑') ||
    '其他设备'
  const browser =
    (/MicroMessenger/.test(agent) && '微信') ||
    (/DingTalk/.test(agent) && '钉钉') ||
    (/Edg\//.test(agent) && 'Edge') ||
    (/Firefox/.test(agent) && '火狐') ||
    (/Chrome/.test(agent) && 'Chrome') ||
    (/Safari/.test(agent) && 'Safari') ||
    ''
  return browser ? `${system} · ${browser}` : system
}
