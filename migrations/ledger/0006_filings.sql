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
);
--> statement-breakpoint
CREATE TABLE `filing_photos` (
	`street_id` text NOT NULL,
	`filing_id` text NOT NULL,
	`photo_id` text NOT NULL,
	PRIMARY KEY(`street_id`, `filing_id`, `photo_id`),
	FOREIGN KEY (`street_id`,`filing_id`) REFERENCES `filings`(`street_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`photo_id`) REFERENCES `photos`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
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
);
--> statement-breakpoint
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
-- Filed is filed: it goes with its unit, a permit goes on, a correction takes its place, and its words may be erased. A number is sealed again with each key.
CREATE TRIGGER `filings_sealed` BEFORE UPDATE ON `filings` WHEN OLD.`state` <> 'draft' AND NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`enterprise_id` IS OLD.`enterprise_id` AND NEW.`kind` IS OLD.`kind` AND NEW.`period` IS OLD.`period` AND NEW.`from` IS OLD.`from` AND NEW.`until` IS OLD.`until` AND NEW.`words_digest` IS OLD.`words_digest` AND NEW.`drafted_by` IS OLD.`drafted_by` AND NEW.`drafted_role` IS OLD.`drafted_role` AND NEW.`by` IS OLD.`by` AND NEW.`role` IS OLD.`role` AND NEW.`at` IS OLD.`at` AND NEW.`revision` IS OLD.`revision` AND NEW.`version` IS OLD.`version` AND NEW.`supersedes` IS OLD.`supersedes` AND NEW.`hash` IS OLD.`hash` AND (NEW.`latest` IS OLD.`latest` OR NEW.`latest` = 0) AND (NEW.`state` IS OLD.`state` OR (OLD.`state` = 'applied' AND NEW.`state` IN ('approved', 'refused')) OR (OLD.`state` = 'approved' AND NEW.`state` = 'closed')) AND ((NEW.`words` IS OLD.`words` AND NEW.`salt` IS OLD.`salt`) OR (NEW.`words` IS NULL AND NEW.`salt` IS NULL)) AND (NEW.`number_mask` IS OLD.`number_mask` OR NEW.`number_mask` IS NULL) AND (NEW.`number_sealed` IS NULL OR OLD.`number_sealed` IS NOT NULL)) BEGIN SELECT RAISE(ABORT, 'filings are sealed: only their words may be erased'); END;--> statement-breakpoint
CREATE TRIGGER `filings_no_delete` BEFORE DELETE ON `filings` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'filings are only added'); END;--> statement-breakpoint
CREATE TRIGGER `filings_no_replace` BEFORE INSERT ON `filings` WHEN EXISTS (SELECT 1 FROM `filings` WHERE `street_id` = NEW.`street_id` AND `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: filings.id'); END;--> statement-breakpoint
CREATE TRIGGER `filings_with_unit` AFTER UPDATE OF `community_id`, `grid_id` ON `enterprises` WHEN NOT (NEW.`community_id` IS OLD.`community_id` AND NEW.`grid_id` IS OLD.`grid_id`) BEGIN UPDATE `filings` SET `community_id` = NEW.`community_id`, `grid_id` = NEW.`grid_id` WHERE `street_id` = NEW.`street_id` AND `enterprise_id` = NEW.`id`; END;--> statement-breakpoint
CREATE TRIGGER `filing_acts_sealed` BEFORE UPDATE ON `filing_acts` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`filing_id` IS OLD.`filing_id` AND NEW.`act` IS OLD.`act` AND NEW.`outcome` IS OLD.`outcome` AND NEW.`by` IS OLD.`by` AND NEW.`role` IS OLD.`role` AND NEW.`at` IS OLD.`at` AND NEW.`photos` IS OLD.`photos` AND NEW.`words_digest` IS OLD.`words_digest` AND NEW.`hash` IS OLD.`hash` AND ((NEW.`words` IS OLD.`words` AND NEW.`salt` IS OLD.`salt`) OR (NEW.`words` IS NULL AND NEW.`salt` IS NULL))) BEGIN SELECT RAISE(ABORT, 'filing acts are sealed: only their words may be erased'); END;--> statement-breakpoint
CREATE TRIGGER `filing_acts_no_delete` BEFORE DELETE ON `filing_acts` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'filing acts are only added'); END;--> statement-breakpoint
CREATE TRIGGER `filing_acts_no_replace` BEFORE INSERT ON `filing_acts` WHEN EXISTS (SELECT 1 FROM `filing_acts` WHERE `street_id` = NEW.`street_id` AND `filing_id` = NEW.`filing_id` AND `act` = NEW.`act`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: filing_acts.act'); END;
