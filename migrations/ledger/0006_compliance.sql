CREATE TABLE `checklist_versions` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`title` text NOT NULL,
	`kinds` text NOT NULL,
	`key_places` text NOT NULL,
	`sectors` text NOT NULL,
	`sections` text NOT NULL,
	`items` integer NOT NULL,
	`replaces` text,
	`cited` text NOT NULL,
	`current` integer NOT NULL,
	`published_on` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`street_id`, `id`, `version`),
	FOREIGN KEY (`street_id`,`id`) REFERENCES `checklists`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);--> statement-breakpoint
CREATE INDEX `checklist_versions_current` ON `checklist_versions` (`street_id`,`id`) WHERE current = 1;--> statement-breakpoint
CREATE TABLE `checklists` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`title` text NOT NULL,
	`draft` text NOT NULL,
	`cited` text NOT NULL,
	`edition` integer NOT NULL,
	`latest` integer NOT NULL,
	`published_edition` integer NOT NULL,
	`retired_on` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`street_id`, `id`)
);--> statement-breakpoint
CREATE TABLE `draw_assignments` (
	`street_id` text NOT NULL,
	`draw_id` text NOT NULL,
	`enterprise_id` text NOT NULL,
	`person_id` text NOT NULL,
	`others` text NOT NULL,
	`until` text NOT NULL,
	`open` integer NOT NULL,
	`inspection_id` text,
	PRIMARY KEY(`street_id`, `draw_id`, `enterprise_id`, `person_id`),
	FOREIGN KEY (`street_id`,`draw_id`) REFERENCES `draws`(`street_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`enterprise_id`) REFERENCES `enterprises`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);--> statement-breakpoint
CREATE INDEX `draw_assignments_by_person` ON `draw_assignments` (`street_id`,`person_id`,`until`) WHERE open = 1;--> statement-breakpoint
CREATE INDEX `draw_assignments_by_enterprise` ON `draw_assignments` (`street_id`,`enterprise_id`) WHERE open = 1;--> statement-breakpoint
CREATE TABLE `draws` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`purpose` text NOT NULL,
	`turn` integer NOT NULL,
	`from` text NOT NULL,
	`seed` text NOT NULL,
	`count` integer NOT NULL,
	`per_unit` integer NOT NULL,
	`until` text NOT NULL,
	`units` text NOT NULL,
	`inspectors` text NOT NULL,
	`excused` text NOT NULL,
	`drawn` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`words` text,
	`salt` text,
	`words_digest` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`street_id`, `id`)
);--> statement-breakpoint
CREATE UNIQUE INDEX `draws_by_purpose` ON `draws` (`street_id`,`purpose`,`turn`);--> statement-breakpoint
CREATE INDEX `draws_by_time` ON `draws` (`street_id`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `enterprise_merges` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`enterprise_id` text NOT NULL,
	`into_id` text NOT NULL,
	`taken` text NOT NULL,
	`carried` text NOT NULL,
	`why` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`undone_why` text,
	`undone_by` text,
	`undone_at` integer,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`,`enterprise_id`) REFERENCES `enterprises`(`street_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`into_id`) REFERENCES `enterprises`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);--> statement-breakpoint
CREATE UNIQUE INDEX `enterprise_merges_standing` ON `enterprise_merges` (`street_id`,`enterprise_id`) WHERE undone_at is null;--> statement-breakpoint
CREATE INDEX `enterprise_merges_by_into` ON `enterprise_merges` (`street_id`,`into_id`,`id`);--> statement-breakpoint
CREATE TABLE `filing_acts` (
	`street_id` text NOT NULL,
	`filing_id` text NOT NULL,
	`act` text NOT NULL,
	`outcome` text,
	`by` text NOT NULL,
	`role` text NOT NULL,
	`at` integer NOT NULL,
	`photos` text NOT NULL,
	`words` text,
	`salt` text,
	`words_digest` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`street_id`, `filing_id`, `act`),
	FOREIGN KEY (`street_id`,`filing_id`) REFERENCES `filings`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);--> statement-breakpoint
CREATE TABLE `filing_photos` (
	`street_id` text NOT NULL,
	`filing_id` text NOT NULL,
	`photo_id` text NOT NULL,
	PRIMARY KEY(`street_id`, `filing_id`, `photo_id`),
	FOREIGN KEY (`street_id`,`filing_id`) REFERENCES `filings`(`street_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`photo_id`) REFERENCES `photos`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);--> statement-breakpoint
CREATE INDEX `filing_photos_by_photo` ON `filing_photos` (`street_id`,`photo_id`);--> statement-breakpoint
CREATE TABLE `filings` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`enterprise_id` text NOT NULL,
	`community_id` text NOT NULL,
	`grid_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`period` text,
	`from` text,
	`until` text,
	`words` text,
	`salt` text,
	`words_digest` text,
	`number_sealed` text,
	`number_mask` text,
	`drafted_by` text NOT NULL,
	`drafted_role` text NOT NULL,
	`by` text NOT NULL,
	`role` text NOT NULL,
	`at` integer NOT NULL,
	`revision` integer NOT NULL,
	`version` integer NOT NULL,
	`supersedes` text,
	`latest` integer NOT NULL,
	`hash` text,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`,`enterprise_id`) REFERENCES `enterprises`(`street_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`community_id`,`grid_id`) REFERENCES `grids`(`street_id`,`community_id`,`id`) ON UPDATE no action ON DELETE no action
);--> statement-breakpoint
CREATE UNIQUE INDEX `filings_by_superseded` ON `filings` (`street_id`,`supersedes`) WHERE supersedes is not null and state <> 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX `filings_drafts` ON `filings` (`street_id`,`enterprise_id`,`kind`,`period`) WHERE state = 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX `filings_statements` ON `filings` (`street_id`,`enterprise_id`,`kind`,`period`) WHERE latest = 1 and period is not null;--> statement-breakpoint
CREATE INDEX `filings_by_time` ON `filings` (`street_id`,`at`,`id`) WHERE latest = 1;--> statement-breakpoint
CREATE INDEX `filings_by_kind` ON `filings` (`street_id`,`kind`,`at`,`id`) WHERE latest = 1;--> statement-breakpoint
CREATE INDEX `filings_by_community` ON `filings` (`street_id`,`community_id`,`at`,`id`) WHERE latest = 1;--> statement-breakpoint
CREATE INDEX `filings_by_grid` ON `filings` (`street_id`,`grid_id`,`at`,`id`) WHERE latest = 1;--> statement-breakpoint
CREATE INDEX `filings_by_enterprise` ON `filings` (`street_id`,`enterprise_id`,`at`,`id`) WHERE latest = 1;--> statement-breakpoint
CREATE INDEX `filings_by_unit` ON `filings` (`street_id`,`enterprise_id`,`kind`,`until`) WHERE latest = 1;--> statement-breakpoint
CREATE INDEX `filings_running_out` ON `filings` (`street_id`,`until`,`id`) WHERE latest = 1 and kind = 'certificate' and until is not null;--> statement-breakpoint
CREATE INDEX `filings_running_out_in_community` ON `filings` (`street_id`,`community_id`,`until`,`id`) WHERE latest = 1 and kind = 'certificate' and until is not null;--> statement-breakpoint
CREATE INDEX `filings_running_out_in_grid` ON `filings` (`street_id`,`grid_id`,`until`,`id`) WHERE latest = 1 and kind = 'certificate' and until is not null;--> statement-breakpoint
CREATE TABLE `own_criteria` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`words` text NOT NULL,
	`latest` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`verified_by` text,
	`verified_at` integer,
	`looked_up` text,
	`retired_on` text,
	`retired_by` text,
	`retired_why` text,
	PRIMARY KEY(`street_id`, `id`, `version`)
);--> statement-breakpoint
CREATE INDEX `own_criteria_latest` ON `own_criteria` (`street_id`,`id`) WHERE latest = 1;--> statement-breakpoint
CREATE TABLE `risk_point_changes` (
	`street_id` text NOT NULL,
	`point_id` text NOT NULL,
	`version` integer NOT NULL,
	`deed` text NOT NULL,
	`level` text NOT NULL,
	`words` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`street_id`, `point_id`, `version`),
	FOREIGN KEY (`street_id`,`point_id`) REFERENCES `risk_points`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);--> statement-breakpoint
CREATE TABLE `risk_points` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`enterprise_id` text NOT NULL,
	`name` text NOT NULL,
	`accident` text NOT NULL,
	`level` text NOT NULL,
	`reason` text NOT NULL,
	`measures` text NOT NULL,
	`retired_on` text,
	`version` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`,`enterprise_id`) REFERENCES `enterprises`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);--> statement-breakpoint
CREATE INDEX `risk_points_by_enterprise` ON `risk_points` (`street_id`,`enterprise_id`,`id`);--> statement-breakpoint
CREATE TABLE `selfcheck_findings` (
	`street_id` text NOT NULL,
	`selfcheck_id` text NOT NULL,
	`item` text NOT NULL,
	`hazard_id` text NOT NULL,
	`basis` text NOT NULL,
	PRIMARY KEY(`street_id`, `selfcheck_id`, `item`),
	FOREIGN KEY (`street_id`,`selfcheck_id`) REFERENCES `selfchecks`(`street_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`hazard_id`) REFERENCES `hazards`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);--> statement-breakpoint
CREATE INDEX `selfcheck_findings_by_hazard` ON `selfcheck_findings` (`street_id`,`hazard_id`,`selfcheck_id`);--> statement-breakpoint
CREATE TABLE `selfchecks` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`enterprise_id` text NOT NULL,
	`community_id` text NOT NULL,
	`grid_id` text NOT NULL,
	`month` text NOT NULL,
	`unit` text NOT NULL,
	`template_id` text NOT NULL,
	`template_version` integer NOT NULL,
	`by` text NOT NULL,
	`role` text NOT NULL,
	`observed_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`answers` text NOT NULL,
	`findings` integer NOT NULL,
	`settled` integer NOT NULL,
	`statement` text NOT NULL,
	`words` text,
	`salt` text,
	`words_digest` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`,`enterprise_id`) REFERENCES `enterprises`(`street_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`community_id`,`grid_id`) REFERENCES `grids`(`street_id`,`community_id`,`id`) ON UPDATE no action ON DELETE no action
);--> statement-breakpoint
CREATE INDEX `selfchecks_by_enterprise` ON `selfchecks` (`street_id`,`enterprise_id`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `selfchecks_by_month` ON `selfchecks` (`street_id`,`month`,`enterprise_id`);--> statement-breakpoint
ALTER TABLE `enterprises` ADD `compact_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `enterprises_by_compact_name` ON `enterprises` (`street_id`,`community_id`,`compact_name`,`merged_into`,`id`) WHERE compact_name <> '';--> statement-breakpoint
CREATE INDEX `enterprises_by_address` ON `enterprises` (`street_id`,`community_id`,`address`,`merged_into`,`id`);--> statement-breakpoint
CREATE INDEX `enterprises_by_merging` ON `enterprises` (`street_id`,`merged_into`,`id`) WHERE merged_into is not null;--> statement-breakpoint
ALTER TABLE `hazard_rounds` ADD `settled_received_at` integer;--> statement-breakpoint
ALTER TABLE `hazards` ADD `plea` text;--> statement-breakpoint
ALTER TABLE `hazards` ADD `answer_due_on` text;--> statement-breakpoint
ALTER TABLE `hazards` ADD `answered` text;--> statement-breakpoint
ALTER TABLE `hazards` ADD `answered_at` integer;--> statement-breakpoint
ALTER TABLE `hazards` ADD `extensions` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `hazards` ADD `first_due_on` text;--> statement-breakpoint
ALTER TABLE `hazards` ADD `objections` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `hazards` ADD `lapse` text;--> statement-breakpoint
ALTER TABLE `hazards` ADD `measure_id` text;--> statement-breakpoint
ALTER TABLE `hazards` ADD `measure` text;--> statement-breakpoint
CREATE INDEX `hazards_by_answer` ON `hazards` (`street_id`,`answer_due_on`,`id`) WHERE answer_due_on is not null;--> statement-breakpoint
CREATE INDEX `hazards_settled` ON `hazards` (`street_id`,`received_at`,`id`) WHERE state = 'settled';--> statement-breakpoint
ALTER TABLE `inspections` ADD `signed_at` integer;--> statement-breakpoint
CREATE INDEX `inspections_worded` ON `inspections` (`street_id`,`received_at`) WHERE salt is not null;--> statement-breakpoint
-- Names as `compactName` writes them, as far as SQL can: blanks and brackets; a file that is changed gets its own.
UPDATE `enterprises` SET `compact_name` = lower(replace(replace(replace(replace(replace(replace(`name`, ' ', ''), '　', ''), '（', ''), '）', ''), '(', ''), ')', ''));--> statement-breakpoint
-- A version is written once: only its words, which may name somebody, may be erased.
CREATE TRIGGER `risk_point_changes_sealed` BEFORE UPDATE ON `risk_point_changes` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`point_id` IS OLD.`point_id` AND NEW.`version` IS OLD.`version` AND NEW.`deed` IS OLD.`deed` AND NEW.`level` IS OLD.`level` AND NEW.`by` IS OLD.`by` AND NEW.`at` IS OLD.`at` AND (NEW.`words` IS OLD.`words` OR NEW.`words` IS NULL)) BEGIN SELECT RAISE(ABORT, 'risk_point_changes are only added: only their words may be erased'); END;--> statement-breakpoint
CREATE TRIGGER `risk_point_changes_no_delete` BEFORE DELETE ON `risk_point_changes` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'risk_point_changes are only added'); END;--> statement-breakpoint
CREATE TRIGGER `risk_point_changes_no_replace` BEFORE INSERT ON `risk_point_changes` WHEN EXISTS (SELECT 1 FROM `risk_point_changes` WHERE `street_id` = NEW.`street_id` AND `point_id` = NEW.`point_id` AND `version` = NEW.`version`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: risk_point_changes.version'); END;--> statement-breakpoint
-- What an undoing rests on stands as it was written, and a merge is undone once; a name in its reasons may be erased.
CREATE TRIGGER `enterprise_merges_sealed` BEFORE UPDATE ON `enterprise_merges` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`enterprise_id` IS OLD.`enterprise_id` AND NEW.`into_id` IS OLD.`into_id` AND NEW.`taken` IS OLD.`taken` AND NEW.`carried` IS OLD.`carried` AND NEW.`by` IS OLD.`by` AND NEW.`at` IS OLD.`at` AND (OLD.`undone_at` IS NULL OR (NEW.`undone_at` IS OLD.`undone_at` AND NEW.`undone_by` IS OLD.`undone_by`))) BEGIN SELECT RAISE(ABORT, 'enterprise_merges are only added, and undone once'); END;--> statement-breakpoint
CREATE TRIGGER `enterprise_merges_no_delete` BEFORE DELETE ON `enterprise_merges` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'enterprise_merges are only added'); END;--> statement-breakpoint
-- What was judged by stays as it was worded: only what became of it is added, once.
CREATE TRIGGER `own_criteria_worded` BEFORE UPDATE ON `own_criteria` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`version` IS OLD.`version` AND NEW.`words` IS OLD.`words` AND NEW.`by` IS OLD.`by` AND NEW.`at` IS OLD.`at` AND (NEW.`latest` IS OLD.`latest` OR NEW.`latest` = 0) AND ((NEW.`verified_by` IS OLD.`verified_by` AND NEW.`verified_at` IS OLD.`verified_at` AND NEW.`looked_up` IS OLD.`looked_up`) OR OLD.`verified_by` IS NULL) AND ((NEW.`retired_on` IS OLD.`retired_on` AND NEW.`retired_by` IS OLD.`retired_by` AND NEW.`retired_why` IS OLD.`retired_why`) OR OLD.`retired_on` IS NULL)) BEGIN SELECT RAISE(ABORT, 'criteria are versions: their words never change'); END;--> statement-breakpoint
CREATE TRIGGER `own_criteria_no_delete` BEFORE DELETE ON `own_criteria` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'criteria are only added'); END;--> statement-breakpoint
CREATE TRIGGER `own_criteria_no_replace` BEFORE INSERT ON `own_criteria` WHEN EXISTS (SELECT 1 FROM `own_criteria` WHERE `street_id` = NEW.`street_id` AND `id` = NEW.`id` AND `version` = NEW.`version`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: own_criteria.id'); END;--> statement-breakpoint
-- What was published is what checks were signed by: a version may only give way to another.
CREATE TRIGGER `checklist_versions_published` BEFORE UPDATE ON `checklist_versions` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`version` IS OLD.`version` AND NEW.`title` IS OLD.`title` AND NEW.`kinds` IS OLD.`kinds` AND NEW.`key_places` IS OLD.`key_places` AND NEW.`sectors` IS OLD.`sectors` AND NEW.`sections` IS OLD.`sections` AND NEW.`items` IS OLD.`items` AND NEW.`replaces` IS OLD.`replaces` AND NEW.`cited` IS OLD.`cited` AND NEW.`published_on` IS OLD.`published_on` AND NEW.`by` IS OLD.`by` AND NEW.`at` IS OLD.`at` AND (NEW.`current` IS OLD.`current` OR NEW.`current` = 0)) BEGIN SELECT RAISE(ABORT, 'versions are published: they never change'); END;--> statement-breakpoint
CREATE TRIGGER `checklist_versions_no_delete` BEFORE DELETE ON `checklist_versions` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'versions are only added'); END;--> statement-breakpoint
CREATE TRIGGER `checklist_versions_no_replace` BEFORE INSERT ON `checklist_versions` WHEN EXISTS (SELECT 1 FROM `checklist_versions` WHERE `street_id` = NEW.`street_id` AND `id` = NEW.`id` AND `version` = NEW.`version`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: checklist_versions.id'); END;--> statement-breakpoint
-- When a record was signed is signed with it.
DROP TRIGGER `inspections_sealed`;--> statement-breakpoint
CREATE TRIGGER `inspections_sealed` BEFORE UPDATE ON `inspections` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`kind` IS OLD.`kind` AND NEW.`enterprise_id` IS OLD.`enterprise_id` AND NEW.`community_id` IS OLD.`community_id` AND NEW.`grid_id` IS OLD.`grid_id` AND NEW.`unit` IS OLD.`unit` AND NEW.`template_id` IS OLD.`template_id` AND NEW.`template_version` IS OLD.`template_version` AND NEW.`by` IS OLD.`by` AND NEW.`role` IS OLD.`role` AND NEW.`others` IS OLD.`others` AND NEW.`observed_at` IS OLD.`observed_at` AND NEW.`signed_at` IS OLD.`signed_at` AND NEW.`received_at` IS OLD.`received_at` AND NEW.`latitude` IS OLD.`latitude` AND NEW.`longitude` IS OLD.`longitude` AND NEW.`accuracy` IS OLD.`accuracy` AND NEW.`answers` IS OLD.`answers` AND NEW.`findings` IS OLD.`findings` AND NEW.`ending` IS OLD.`ending` AND NEW.`words_digest` IS OLD.`words_digest` AND NEW.`version` IS OLD.`version` AND NEW.`supersedes` IS OLD.`supersedes` AND NEW.`hash` IS OLD.`hash` AND (NEW.`latest` IS OLD.`latest` OR NEW.`latest` = 0) AND ((NEW.`words` IS OLD.`words` AND NEW.`salt` IS OLD.`salt`) OR (NEW.`words` IS NULL AND NEW.`salt` IS NULL))) BEGIN SELECT RAISE(ABORT, 'inspections are signed: only their words may be erased'); END;--> statement-breakpoint
-- Drawn is drawn: only the reasons that people wrote may be erased, and who was drawn is settled once.
CREATE TRIGGER `draws_sealed` BEFORE UPDATE ON `draws` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`purpose` IS OLD.`purpose` AND NEW.`turn` IS OLD.`turn` AND NEW.`from` IS OLD.`from` AND NEW.`seed` IS OLD.`seed` AND NEW.`count` IS OLD.`count` AND NEW.`per_unit` IS OLD.`per_unit` AND NEW.`until` IS OLD.`until` AND NEW.`units` IS OLD.`units` AND NEW.`inspectors` IS OLD.`inspectors` AND NEW.`excused` IS OLD.`excused` AND NEW.`drawn` IS OLD.`drawn` AND NEW.`by` IS OLD.`by` AND NEW.`at` IS OLD.`at` AND NEW.`words_digest` IS OLD.`words_digest` AND NEW.`hash` IS OLD.`hash` AND ((NEW.`words` IS OLD.`words` AND NEW.`salt` IS OLD.`salt`) OR (NEW.`words` IS NULL AND NEW.`salt` IS NULL))) BEGIN SELECT RAISE(ABORT, 'draws are sealed: only their words may be erased'); END;--> statement-breakpoint
CREATE TRIGGER `draws_no_delete` BEFORE DELETE ON `draws` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'draws are only added'); END;--> statement-breakpoint
CREATE TRIGGER `draws_no_replace` BEFORE INSERT ON `draws` WHEN EXISTS (SELECT 1 FROM `draws` WHERE `street_id` = NEW.`street_id` AND `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: draws.id'); END;--> statement-breakpoint
CREATE TRIGGER `draw_assignments_settled` BEFORE UPDATE ON `draw_assignments` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`draw_id` IS OLD.`draw_id` AND NEW.`enterprise_id` IS OLD.`enterprise_id` AND NEW.`person_id` IS OLD.`person_id` AND NEW.`others` IS OLD.`others` AND NEW.`until` IS OLD.`until` AND OLD.`open` = 1 AND NEW.`open` = 0) BEGIN SELECT RAISE(ABORT, 'draw_assignments are settled once'); END;--> statement-breakpoint
CREATE TRIGGER `draw_assignments_no_delete` BEFORE DELETE ON `draw_assignments` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'draw_assignments are only added'); END;--> statement-breakpoint
CREATE TRIGGER `draw_assignments_no_replace` BEFORE INSERT ON `draw_assignments` WHEN EXISTS (SELECT 1 FROM `draw_assignments` WHERE `street_id` = NEW.`street_id` AND `draw_id` = NEW.`draw_id` AND `enterprise_id` = NEW.`enterprise_id` AND `person_id` = NEW.`person_id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: draw_assignments'); END;--> statement-breakpoint
-- Filed is filed: it goes with its unit, a permit goes on, a correction takes its place, and its words may be erased. A number is sealed again with each key.
CREATE TRIGGER `filings_sealed` BEFORE UPDATE ON `filings` WHEN OLD.`state` <> 'draft' AND NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`enterprise_id` IS OLD.`enterprise_id` AND NEW.`kind` IS OLD.`kind` AND NEW.`period` IS OLD.`period` AND NEW.`from` IS OLD.`from` AND NEW.`until` IS OLD.`until` AND NEW.`words_digest` IS OLD.`words_digest` AND NEW.`drafted_by` IS OLD.`drafted_by` AND NEW.`drafted_role` IS OLD.`drafted_role` AND NEW.`by` IS OLD.`by` AND NEW.`role` IS OLD.`role` AND NEW.`at` IS OLD.`at` AND NEW.`revision` IS OLD.`revision` AND NEW.`version` IS OLD.`version` AND NEW.`supersedes` IS OLD.`supersedes` AND NEW.`hash` IS OLD.`hash` AND (NEW.`latest` IS OLD.`latest` OR NEW.`latest` = 0) AND (NEW.`state` IS OLD.`state` OR (OLD.`state` = 'applied' AND NEW.`state` IN ('approved', 'refused')) OR (OLD.`state` = 'approved' AND NEW.`state` = 'closed')) AND ((NEW.`words` IS OLD.`words` AND NEW.`salt` IS OLD.`salt`) OR (NEW.`words` IS NULL AND NEW.`salt` IS NULL)) AND (NEW.`number_mask` IS OLD.`number_mask` OR NEW.`number_mask` IS NULL) AND (NEW.`number_sealed` IS NULL OR OLD.`number_sealed` IS NOT NULL)) BEGIN SELECT RAISE(ABORT, 'filings are sealed: only their words may be erased'); END;--> statement-breakpoint
CREATE TRIGGER `filings_no_delete` BEFORE DELETE ON `filings` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'filings are only added'); END;--> statement-breakpoint
CREATE TRIGGER `filings_no_replace` BEFORE INSERT ON `filings` WHEN EXISTS (SELECT 1 FROM `filings` WHERE `street_id` = NEW.`street_id` AND `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: filings.id'); END;--> statement-breakpoint
CREATE TRIGGER `filings_with_unit` AFTER UPDATE OF `community_id`, `grid_id` ON `enterprises` WHEN NOT (NEW.`community_id` IS OLD.`community_id` AND NEW.`grid_id` IS OLD.`grid_id`) BEGIN UPDATE `filings` SET `community_id` = NEW.`community_id`, `grid_id` = NEW.`grid_id` WHERE `street_id` = NEW.`street_id` AND `enterprise_id` = NEW.`id`; END;--> statement-breakpoint
CREATE TRIGGER `filing_acts_sealed` BEFORE UPDATE ON `filing_acts` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`filing_id` IS OLD.`filing_id` AND NEW.`act` IS OLD.`act` AND NEW.`outcome` IS OLD.`outcome` AND NEW.`by` IS OLD.`by` AND NEW.`role` IS OLD.`role` AND NEW.`at` IS OLD.`at` AND NEW.`photos` IS OLD.`photos` AND NEW.`words_digest` IS OLD.`words_digest` AND NEW.`hash` IS OLD.`hash` AND ((NEW.`words` IS OLD.`words` AND NEW.`salt` IS OLD.`salt`) OR (NEW.`words` IS NULL AND NEW.`salt` IS NULL))) BEGIN SELECT RAISE(ABORT, 'filing acts are sealed: only their words may be erased'); END;--> statement-breakpoint
CREATE TRIGGER `filing_acts_no_delete` BEFORE DELETE ON `filing_acts` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'filing acts are only added'); END;--> statement-breakpoint
CREATE TRIGGER `filing_acts_no_replace` BEFORE INSERT ON `filing_acts` WHEN EXISTS (SELECT 1 FROM `filing_acts` WHERE `street_id` = NEW.`street_id` AND `filing_id` = NEW.`filing_id` AND `act` = NEW.`act`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: filing_acts.act'); END;--> statement-breakpoint
-- Signed is signed: only words may be erased.
CREATE TRIGGER `selfchecks_sealed` BEFORE UPDATE ON `selfchecks` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`enterprise_id` IS OLD.`enterprise_id` AND NEW.`community_id` IS OLD.`community_id` AND NEW.`grid_id` IS OLD.`grid_id` AND NEW.`month` IS OLD.`month` AND NEW.`unit` IS OLD.`unit` AND NEW.`template_id` IS OLD.`template_id` AND NEW.`template_version` IS OLD.`template_version` AND NEW.`by` IS OLD.`by` AND NEW.`role` IS OLD.`role` AND NEW.`observed_at` IS OLD.`observed_at` AND NEW.`received_at` IS OLD.`received_at` AND NEW.`answers` IS OLD.`answers` AND NEW.`findings` IS OLD.`findings` AND NEW.`settled` IS OLD.`settled` AND NEW.`statement` IS OLD.`statement` AND NEW.`words_digest` IS OLD.`words_digest` AND NEW.`hash` IS OLD.`hash` AND ((NEW.`words` IS OLD.`words` AND NEW.`salt` IS OLD.`salt`) OR (NEW.`words` IS NULL AND NEW.`salt` IS NULL))) BEGIN SELECT RAISE(ABORT, 'selfchecks are signed: only their words may be erased'); END;--> statement-breakpoint
CREATE TRIGGER `selfchecks_no_delete` BEFORE DELETE ON `selfchecks` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'selfchecks are only added'); END;--> statement-breakpoint
CREATE TRIGGER `selfchecks_no_replace` BEFORE INSERT ON `selfchecks` WHEN EXISTS (SELECT 1 FROM `selfchecks` WHERE `street_id` = NEW.`street_id` AND `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: selfchecks.id'); END;
