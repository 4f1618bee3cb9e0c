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
);
--> statement-breakpoint
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
);
--> statement-breakpoint
CREATE UNIQUE INDEX `draws_by_purpose` ON `draws` (`street_id`,`purpose`,`turn`);--> statement-breakpoint
CREATE INDEX `draws_by_time` ON `draws` (`street_id`,`at`,`id`);--> statement-breakpoint
ALTER TABLE `inspections` ADD `signed_at` integer;--> statement-breakpoint
CREATE INDEX `inspections_worded` ON `inspections` (`street_id`,`received_at`) WHERE salt is not null;--> statement-breakpoint
-- When a record was signed is signed with it.
DROP TRIGGER `inspections_sealed`;--> statement-breakpoint
CREATE TRIGGER `inspections_sealed` BEFORE UPDATE ON `inspections` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`kind` IS OLD.`kind` AND NEW.`enterprise_id` IS OLD.`enterprise_id` AND NEW.`community_id` IS OLD.`community_id` AND NEW.`grid_id` IS OLD.`grid_id` AND NEW.`unit` IS OLD.`unit` AND NEW.`template_id` IS OLD.`template_id` AND NEW.`template_version` IS OLD.`template_version` AND NEW.`by` IS OLD.`by` AND NEW.`role` IS OLD.`role` AND NEW.`others` IS OLD.`others` AND NEW.`observed_at` IS OLD.`observed_at` AND NEW.`signed_at` IS OLD.`signed_at` AND NEW.`received_at` IS OLD.`received_at` AND NEW.`latitude` IS OLD.`latitude` AND NEW.`longitude` IS OLD.`longitude` AND NEW.`accuracy` IS OLD.`accuracy` AND NEW.`answers` IS OLD.`answers` AND NEW.`findings` IS OLD.`findings` AND NEW.`ending` IS OLD.`ending` AND NEW.`words_digest` IS OLD.`words_digest` AND NEW.`version` IS OLD.`version` AND NEW.`supersedes` IS OLD.`supersedes` AND NEW.`hash` IS OLD.`hash` AND (NEW.`latest` IS OLD.`latest` OR NEW.`latest` = 0) AND ((NEW.`words` IS OLD.`words` AND NEW.`salt` IS OLD.`salt`) OR (NEW.`words` IS NULL AND NEW.`salt` IS NULL))) BEGIN SELECT RAISE(ABORT, 'inspections are signed: only their words may be erased'); END;--> statement-breakpoint
-- Drawn is drawn: only the reasons that people wrote may be erased, and who was drawn is settled once.
CREATE TRIGGER `draws_sealed` BEFORE UPDATE ON `draws` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`purpose` IS OLD.`purpose` AND NEW.`turn` IS OLD.`turn` AND NEW.`from` IS OLD.`from` AND NEW.`seed` IS OLD.`seed` AND NEW.`count` IS OLD.`count` AND NEW.`per_unit` IS OLD.`per_unit` AND NEW.`until` IS OLD.`until` AND NEW.`units` IS OLD.`units` AND NEW.`inspectors` IS OLD.`inspectors` AND NEW.`excused` IS OLD.`excused` AND NEW.`drawn` IS OLD.`drawn` AND NEW.`by` IS OLD.`by` AND NEW.`at` IS OLD.`at` AND NEW.`words_digest` IS OLD.`words_digest` AND NEW.`hash` IS OLD.`hash` AND ((NEW.`words` IS OLD.`words` AND NEW.`salt` IS OLD.`salt`) OR (NEW.`words` IS NULL AND NEW.`salt` IS NULL))) BEGIN SELECT RAISE(ABORT, 'draws are sealed: only their words may be erased'); END;--> statement-breakpoint
CREATE TRIGGER `draws_no_delete` BEFORE DELETE ON `draws` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'draws are only added'); END;--> statement-breakpoint
CREATE TRIGGER `draws_no_replace` BEFORE INSERT ON `draws` WHEN EXISTS (SELECT 1 FROM `draws` WHERE `street_id` = NEW.`street_id` AND `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: draws.id'); END;--> statement-breakpoint
CREATE TRIGGER `draw_assignments_settled` BEFORE UPDATE ON `draw_assignments` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`draw_id` IS OLD.`draw_id` AND NEW.`enterprise_id` IS OLD.`enterprise_id` AND NEW.`person_id` IS OLD.`person_id` AND NEW.`others` IS OLD.`others` AND NEW.`until` IS OLD.`until` AND OLD.`open` = 1 AND NEW.`open` = 0) BEGIN SELECT RAISE(ABORT, 'draw_assignments are settled once'); END;--> statement-breakpoint
CREATE TRIGGER `draw_assignments_no_delete` BEFORE DELETE ON `draw_assignments` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'draw_assignments are only added'); END;--> statement-breakpoint
CREATE TRIGGER `draw_assignments_no_replace` BEFORE INSERT ON `draw_assignments` WHEN EXISTS (SELECT 1 FROM `draw_assignments` WHERE `street_id` = NEW.`street_id` AND `draw_id` = NEW.`draw_id` AND `enterprise_id` = NEW.`enterprise_id` AND `person_id` = NEW.`person_id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: draw_assignments'); END;
