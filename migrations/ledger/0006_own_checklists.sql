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
);
--> statement-breakpoint
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
);
--> statement-breakpoint
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
);
--> statement-breakpoint
CREATE INDEX `own_criteria_latest` ON `own_criteria` (`street_id`,`id`) WHERE latest = 1;--> statement-breakpoint
-- What was judged by stays as it was worded: only what became of it is added, once.
CREATE TRIGGER `own_criteria_worded` BEFORE UPDATE ON `own_criteria` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`version` IS OLD.`version` AND NEW.`words` IS OLD.`words` AND NEW.`by` IS OLD.`by` AND NEW.`at` IS OLD.`at` AND (NEW.`latest` IS OLD.`latest` OR NEW.`latest` = 0) AND ((NEW.`verified_by` IS OLD.`verified_by` AND NEW.`verified_at` IS OLD.`verified_at` AND NEW.`looked_up` IS OLD.`looked_up`) OR OLD.`verified_by` IS NULL) AND ((NEW.`retired_on` IS OLD.`retired_on` AND NEW.`retired_by` IS OLD.`retired_by` AND NEW.`retired_why` IS OLD.`retired_why`) OR OLD.`retired_on` IS NULL)) BEGIN SELECT RAISE(ABORT, 'criteria are versions: their words never change'); END;--> statement-breakpoint
CREATE TRIGGER `own_criteria_no_delete` BEFORE DELETE ON `own_criteria` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'criteria are only added'); END;--> statement-breakpoint
CREATE TRIGGER `own_criteria_no_replace` BEFORE INSERT ON `own_criteria` WHEN EXISTS (SELECT 1 FROM `own_criteria` WHERE `street_id` = NEW.`street_id` AND `id` = NEW.`id` AND `version` = NEW.`version`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: own_criteria.id'); END;--> statement-breakpoint
-- What was published is what checks were signed by: a version may only give way to another.
CREATE TRIGGER `checklist_versions_published` BEFORE UPDATE ON `checklist_versions` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`version` IS OLD.`version` AND NEW.`title` IS OLD.`title` AND NEW.`kinds` IS OLD.`kinds` AND NEW.`key_places` IS OLD.`key_places` AND NEW.`sectors` IS OLD.`sectors` AND NEW.`sections` IS OLD.`sections` AND NEW.`items` IS OLD.`items` AND NEW.`replaces` IS OLD.`replaces` AND NEW.`cited` IS OLD.`cited` AND NEW.`published_on` IS OLD.`published_on` AND NEW.`by` IS OLD.`by` AND NEW.`at` IS OLD.`at` AND (NEW.`current` IS OLD.`current` OR NEW.`current` = 0)) BEGIN SELECT RAISE(ABORT, 'versions are published: they never change'); END;--> statement-breakpoint
CREATE TRIGGER `checklist_versions_no_delete` BEFORE DELETE ON `checklist_versions` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'versions are only added'); END;--> statement-breakpoint
CREATE TRIGGER `checklist_versions_no_replace` BEFORE INSERT ON `checklist_versions` WHEN EXISTS (SELECT 1 FROM `checklist_versions` WHERE `street_id` = NEW.`street_id` AND `id` = NEW.`id` AND `version` = NEW.`version`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: checklist_versions.id'); END;
