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
);
--> statement-breakpoint
CREATE UNIQUE INDEX `enterprise_merges_standing` ON `enterprise_merges` (`street_id`,`enterprise_id`) WHERE undone_at is null;--> statement-breakpoint
CREATE INDEX `enterprise_merges_by_into` ON `enterprise_merges` (`street_id`,`into_id`,`id`);--> statement-breakpoint
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
);
--> statement-breakpoint
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
);
--> statement-breakpoint
CREATE INDEX `risk_points_by_enterprise` ON `risk_points` (`street_id`,`enterprise_id`,`id`);--> statement-breakpoint
ALTER TABLE `enterprises` ADD `compact_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `enterprises_by_compact_name` ON `enterprises` (`street_id`,`community_id`,`compact_name`,`merged_into`,`id`) WHERE compact_name <> '';--> statement-breakpoint
CREATE INDEX `enterprises_by_address` ON `enterprises` (`street_id`,`community_id`,`address`,`merged_into`,`id`);--> statement-breakpoint
CREATE INDEX `enterprises_by_merging` ON `enterprises` (`street_id`,`merged_into`,`id`) WHERE merged_into is not null;--> statement-breakpoint
ALTER TABLE `hazards` ADD `lapse` text;--> statement-breakpoint
ALTER TABLE `hazards` ADD `measure_id` text;--> statement-breakpoint
ALTER TABLE `hazards` ADD `measure` text;--> statement-breakpoint
-- Names as `compactName` writes them, as far as SQL can: blanks and brackets; a file that is changed gets its own.
UPDATE `enterprises` SET `compact_name` = lower(replace(replace(replace(replace(replace(replace(`name`, ' ', ''), '　', ''), '（', ''), '）', ''), '(', ''), ')', ''));--> statement-breakpoint
-- A version is written once: only its words, which may name somebody, may be erased.
CREATE TRIGGER `risk_point_changes_sealed` BEFORE UPDATE ON `risk_point_changes` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`point_id` IS OLD.`point_id` AND NEW.`version` IS OLD.`version` AND NEW.`deed` IS OLD.`deed` AND NEW.`level` IS OLD.`level` AND NEW.`by` IS OLD.`by` AND NEW.`at` IS OLD.`at` AND (NEW.`words` IS OLD.`words` OR NEW.`words` IS NULL)) BEGIN SELECT RAISE(ABORT, 'risk_point_changes are only added: only their words may be erased'); END;--> statement-breakpoint
CREATE TRIGGER `risk_point_changes_no_delete` BEFORE DELETE ON `risk_point_changes` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'risk_point_changes are only added'); END;--> statement-breakpoint
CREATE TRIGGER `risk_point_changes_no_replace` BEFORE INSERT ON `risk_point_changes` WHEN EXISTS (SELECT 1 FROM `risk_point_changes` WHERE `street_id` = NEW.`street_id` AND `point_id` = NEW.`point_id` AND `version` = NEW.`version`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: risk_point_changes.version'); END;--> statement-breakpoint
-- What an undoing rests on stands as it was written, and a merge is undone once; a name in its reasons may be erased.
CREATE TRIGGER `enterprise_merges_sealed` BEFORE UPDATE ON `enterprise_merges` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`enterprise_id` IS OLD.`enterprise_id` AND NEW.`into_id` IS OLD.`into_id` AND NEW.`taken` IS OLD.`taken` AND NEW.`carried` IS OLD.`carried` AND NEW.`by` IS OLD.`by` AND NEW.`at` IS OLD.`at` AND (OLD.`undone_at` IS NULL OR (NEW.`undone_at` IS OLD.`undone_at` AND NEW.`undone_by` IS OLD.`undone_by`))) BEGIN SELECT RAISE(ABORT, 'enterprise_merges are only added, and undone once'); END;--> statement-breakpoint
CREATE TRIGGER `enterprise_merges_no_delete` BEFORE DELETE ON `enterprise_merges` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'enterprise_merges are only added'); END;
