/** What a street's enterprises commit themselves to, until it sets another text. This project's own wording, from no model. */
export const defaultCommitment = [
  '作为本单位主要负责人，我对本单位安全生产工作全面负责，并承诺：',
  '一、履行主要负责人的安全生产职责，把责任落实到每个岗位、每名员工。',
  '二、保证必要的安全投入，按要求配备人员、设施和防护用品。',
  '三、组织员工培训和应急演练，特种作业人员持证上岗，危险作业先审批后作业。',
  '四、经常开展自查，发现隐患及时整改，不瞒报、不拖延。',
  '五、发生事故立即组织救援，及时、如实报告。',
  '六、配合街道和有关部门检查，接受员工和群众监督。',
].join('\n')
