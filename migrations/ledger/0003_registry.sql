CREATE TABLE `enterprise_changes` (
	`street_id` text NOT NULL,
	`enterprise_id` text NOT NULL,
	`version` integer NOT NULL,
	`deed` text NOT NULL,
	`fields` text DEFAULT '[]' NOT NULL,
	`on` text,
	`standing` text,
	`colour` text,
	`why` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`street_id`, `enterprise_id`, `version`),
	FOREIGN KEY (`street_id`,`enterprise_id`) REFERENCES `enterprises`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `enterprise_contacts` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`enterprise_id` text NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`phone_sealed` text,
	`phone_mask` text,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`,`enterprise_id`) REFERENCES `enterprises`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `enterprise_contacts_by_enterprise` ON `enterprise_contacts` (`street_id`,`enterprise_id`,`id`);--> statement-breakpoint
CREATE TABLE `enterprise_sectors` (
	`street_id` text NOT NULL,
	`sector` text NOT NULL,
	`name` text NOT NULL,
	`enterprise_id` text NOT NULL,
	PRIMARY KEY(`street_id`, `sector`, `name`, `enterprise_id`),
	FOREIGN KEY (`street_id`,`enterprise_id`) REFERENCES `enterprises`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
DROP INDEX `enterprises_by_grid`;--> statement-breakpoint
DROP INDEX `enterprises_by_community`;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `initials` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `credit_code` text;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `kind` text DEFAULT 'enterprise' NOT NULL;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `sectors` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `high_risk` text;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `crowded` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `size` text;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `staff` integer;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `floor_area` integer;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `latitude` real;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `longitude` real;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `position_source` text;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `position_accuracy` real;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `standing` text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `colour` text;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `merged_into` text;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `enterprises` ADD `updated_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `enterprises_by_code` ON `enterprises` (`street_id`,`credit_code`) WHERE credit_code is not null and merged_into is null;--> statement-breakpoint
CREATE INDEX `enterprises_by_name` ON `enterprises` (`street_id`,`name`,`id`);--> statement-breakpoint
CREATE INDEX `enterprises_by_kind` ON `enterprises` (`street_id`,`kind`,`name`,`id`);--> statement-breakpoint
CREATE INDEX `enterprises_by_colour` ON `enterprises` (`street_id`,`colour`,`name`,`id`) WHERE colour is not null;--> statement-breakpoint
CREATE INDEX `enterprises_by_standing` ON `enterprises` (`street_id`,`standing`,`name`,`id`) WHERE standing <> 'active';--> statement-breakpoint
CREATE INDEX `enterprises_high_risk` ON `enterprises` (`street_id`,`name`,`id`) WHERE high_risk is not null;--> statement-breakpoint
CREATE INDEX `enterprises_crowded` ON `enterprises` (`street_id`,`name`,`id`) WHERE crowded = 1;--> statement-breakpoint
CREATE INDEX `enterprises_by_grid` ON `enterprises` (`street_id`,`grid_id`,`name`,`id`);--> statement-breakpoint
CREATE INDEX `enterprises_by_community` ON `enterprises` (`street_id`,`community_id`,`name`,`id`);--> statement-breakpoint
CREATE INDEX `posts_by_enterprise` ON `posts` (`street_id`,`enterprise_id`) WHERE enterprise_id is not null;--> statement-breakpoint
-- Nobody wrote down since when a unit had been there: it counts as active from before all that is scored.
INSERT INTO `enterprise_changes`(`street_id`, `enterprise_id`, `version`, `deed`, `on`, `standing`, `why`, `by`, `at`)
SELECT `street_id`, `id`, 1, 'entered', '2000-01-01', 'active', '启用一企一档前已在册，起始日期未登记', 'clock', 0 FROM `enterprises`;
