CREATE TABLE `inspection_findings` (
	`street_id` text NOT NULL,
	`inspection_id` text NOT NULL,
	`item` text NOT NULL,
	`hazard_id` text NOT NULL,
	`basis` text NOT NULL,
	PRIMARY KEY(`street_id`, `inspection_id`, `item`),
	FOREIGN KEY (`street_id`,`inspection_id`) REFERENCES `inspections`(`street_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`hazard_id`) REFERENCES `hazards`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `inspection_findings_by_hazard` ON `inspection_findings` (`street_id`,`hazard_id`,`inspection_id`);--> statement-breakpoint
CREATE TABLE `inspection_photos` (
	`street_id` text NOT NULL,
	`inspection_id` text NOT NULL,
	`photo_id` text NOT NULL,
	PRIMARY KEY(`street_id`, `inspection_id`, `photo_id`),
	FOREIGN KEY (`street_id`,`inspection_id`) REFERENCES `inspections`(`street_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`photo_id`) REFERENCES `photos`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `inspection_photos_by_photo` ON `inspection_photos` (`street_id`,`photo_id`);--> statement-breakpoint
CREATE TABLE `inspections` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`enterprise_id` text NOT NULL,
	`community_id` text NOT NULL,
	`grid_id` text NOT NULL,
	`unit` text NOT NULL,
	`template_id` text NOT NULL,
	`template_version` integer NOT NULL,
	`by` text NOT NULL,
	`role` text NOT NULL,
	`others` text NOT NULL,
	`observed_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`latitude` real,
	`longitude` real,
	`accuracy` real,
	`answers` text NOT NULL,
	`findings` integer NOT NULL,
	`ending` text NOT NULL,
	`words` text,
	`salt` text,
	`words_digest` text NOT NULL,
	`version` integer NOT NULL,
	`supersedes` text,
	`latest` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`,`enterprise_id`) REFERENCES `enterprises`(`street_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`community_id`,`grid_id`) REFERENCES `grids`(`street_id`,`community_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inspections_by_superseded` ON `inspections` (`street_id`,`supersedes`) WHERE supersedes is not null;--> statement-breakpoint
CREATE INDEX `inspections_by_time` ON `inspections` (`street_id`,`received_at`,`id`) WHERE latest = 1;--> statement-breakpoint
CREATE INDEX `inspections_by_community` ON `inspections` (`street_id`,`community_id`,`received_at`,`id`) WHERE latest = 1;--> statement-breakpoint
CREATE INDEX `inspections_by_grid` ON `inspections` (`street_id`,`grid_id`,`received_at`,`id`) WHERE latest = 1;--> statement-breakpoint
CREATE INDEX `inspections_by_enterprise` ON `inspections` (`street_id`,`enterprise_id`,`received_at`,`id`) WHERE latest = 1;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `inspected_on` text;--> statement-breakpoint
CREATE INDEX `enterprises_by_turn` ON `enterprises` (`street_id`,`colour`,`inspected_on`,`id`) WHERE standing = 'active';--> statement-breakpoint
CREATE INDEX `enterprises_by_turn_in_community` ON `enterprises` (`street_id`,`community_id`,`colour`,`inspected_on`,`id`) WHERE standing = 'active';--> statement-breakpoint
CREATE INDEX `enterprises_by_turn_in_grid` ON `enterprises` (`street_id`,`grid_id`,`colour`,`inspected_on`,`id`) WHERE standing = 'active';--> statement-breakpoint
-- Signed is signed: only words may be erased, and a correction may take a record's place once.
CREATE TRIGGER `inspections_sealed` BEFORE UPDATE ON `inspections` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`id` IS OLD.`id` AND NEW.`kind` IS OLD.`kind` AND NEW.`enterprise_id` IS OLD.`enterprise_id` AND NEW.`community_id` IS OLD.`community_id` AND NEW.`grid_id` IS OLD.`grid_id` AND NEW.`unit` IS OLD.`unit` AND NEW.`template_id` IS OLD.`template_id` AND NEW.`template_version` IS OLD.`template_version` AND NEW.`by` IS OLD.`by` AND NEW.`role` IS OLD.`role` AND NEW.`others` IS OLD.`others` AND NEW.`observed_at` IS OLD.`observed_at` AND NEW.`received_at` IS OLD.`received_at` AND NEW.`latitude` IS OLD.`latitude` AND NEW.`longitude` IS OLD.`longitude` AND NEW.`accuracy` IS OLD.`accuracy` AND NEW.`answers` IS OLD.`answers` AND NEW.`findings` IS OLD.`findings` AND NEW.`ending` IS OLD.`ending` AND NEW.`words_digest` IS OLD.`words_digest` AND NEW.`version` IS OLD.`version` AND NEW.`supersedes` IS OLD.`supersedes` AND NEW.`hash` IS OLD.`hash` AND (NEW.`latest` IS OLD.`latest` OR NEW.`latest` = 0) AND ((NEW.`words` IS OLD.`words` AND NEW.`salt` IS OLD.`salt`) OR (NEW.`words` IS NULL AND NEW.`salt` IS NULL))) BEGIN SELECT RAISE(ABORT, 'inspections are signed: only their words may be erased'); END;--> statement-breakpoint
CREATE TRIGGER `inspections_no_delete` BEFORE DELETE ON `inspections` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'inspections are only added'); END;--> statement-breakpoint
CREATE TRIGGER `inspections_no_replace` BEFORE INSERT ON `inspections` WHEN EXISTS (SELECT 1 FROM `inspections` WHERE `street_id` = NEW.`street_id` AND `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: inspections.id'); END;
