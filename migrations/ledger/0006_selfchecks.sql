CREATE TABLE `selfcheck_findings` (
	`street_id` text NOT NULL,
	`selfcheck_id` text NOT NULL,
	`item` text NOT NULL,
	`hazard_id` text NOT NULL,
	`basis` text NOT NULL,
	PRIMARY KEY(`street_id`, `selfcheck_id`, `item`),
	FOREIGN KEY (`street_id`,`selfcheck_id`) REFERENCES `selfchecks`(`street_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`hazard_id`) REFERENCES `hazards`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
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
);
--> statement-breakpoint
CREATE INDEX `selfchecks_by_enterprise` ON `selfchecks` (`street_id`,`enterprise_id`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `selfchecks_by_month` ON `selfchecks` (`street_id`,`month`,`enterprise_id`);--> statement-breakpoint
ALTER TABLE `hazard_rounds` ADD `settled_received_at` integer;--> statement-breakpoint
ALTER TABLE `hazards` ADD `plea` text;--> statement-breakpoint
ALTER TABLE `hazards` ADD `answer_due_on` text;--> statement-breakpoint
ALTER TABLE `hazards` ADD `answered` text;--> statement-breakpoint
ALTER TABLE `hazards` ADD `answered_at` integer;--> statement-breakpoint
ALTER TABLE `hazards` ADD `extensions` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `hazards` ADD `first_due_on` text;--> statement-breakpoint
ALTER TABLE `hazards` ADD `objections` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `hazards_by_answer` ON `hazards` (`street_id`,`answer_due_on`,`id`) WHERE answer_due_on is not null;--> statement-breakpoint
CREATE INDEX `hazards_settled` ON `hazards` (`street_id`,`received_at`,`id`) WHERE state = 'settled';--> statement-breakpoint
-- Signed is signed: only words may be erased.
CREATE TRIGGER `selfchecks_sealed` BEFORE UPDATE ON `selfchecks` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`enterprise_id` IS OLD.`enterprise_id` AND NEW.`community_id` IS OLD.`community_id` AND NEW.`grid_id` IS OLD.`grid_id` AND NEW.`month` IS OLD.`month` AND NEW.`unit` IS OLD.`unit` AND NEW.`template_id` IS OLD.`template_id` AND NEW.`template_version` IS OLD.`template_version` AND NEW.`by` IS OLD.`by` AND NEW.`role` IS OLD.`role` AND NEW.`observed_at` IS OLD.`observed_at` AND NEW.`received_at` IS OLD.`received_at` AND NEW.`answers` IS OLD.`answers` AND NEW.`findings` IS OLD.`findings` AND NEW.`settled` IS OLD.`settled` AND NEW.`statement` IS OLD.`statement` AND NEW.`words_digest` IS OLD.`words_digest` AND NEW.`hash` IS OLD.`hash` AND ((NEW.`words` IS OLD.`words` AND NEW.`salt` IS OLD.`salt`) OR (NEW.`words` IS NULL AND NEW.`salt` IS NULL))) BEGIN SELECT RAISE(ABORT, 'selfchecks are signed: only their words may be erased'); END;--> statement-breakpoint
CREATE TRIGGER `selfchecks_no_delete` BEFORE DELETE ON `selfchecks` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'selfchecks are only added'); END;--> statement-breakpoint
CREATE TRIGGER `selfchecks_no_replace` BEFORE INSERT ON `selfchecks` WHEN EXISTS (SELECT 1 FROM `selfchecks` WHERE `street_id` = NEW.`street_id` AND `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: selfchecks.id'); END;
