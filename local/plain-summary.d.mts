/** What tests use of the reporter. */
export default class PlainSummary {
  onTestRunStart(): void
  onTestModuleStart(module: { readonly relativeModuleId: string }): void
  onTestCaseReady(test: { readonly fullName: string; readonly module: { readonly relativeModuleId: string } }): void
  onTestRunEnd(modules: readonly never[]): void
}

/** How a run ends that stood still. */
export const stalled: number
