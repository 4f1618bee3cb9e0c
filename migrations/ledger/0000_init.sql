CREATE TABLE `access_log` (
	`street_id` text NOT NULL,
	`day` text NOT NULL,
	`actor` text NOT NULL,
	`subject` text NOT NULL,
	`district_id` text NOT NULL,
	`times` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`street_id`, `day`, `actor`, `subject`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `answers` (
	`street_id` text NOT NULL,
	`actor` text NOT NULL,
	`key` text NOT NULL,
	`request` text NOT NULL,
	`status` integer NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`street_id`, `actor`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `answers_by_time` ON `answers` (`street_id`,`at`);--> statement-breakpoint
CREATE TABLE `audit_log` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`actor` text NOT NULL,
	`capability` text NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL,
	`changed` integer NOT NULL,
	PRIMARY KEY(`street_id`, `id`),
	CONSTRAINT "subject_changed" CHECK("audit_log"."changed" > 0)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `chain_anchors` (
	`street_id` text NOT NULL,
	`day` text NOT NULL,
	`events` integer NOT NULL,
	`previous` text NOT NULL,
	`digest` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`street_id`, `day`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `communities` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`stat_code` text,
	`position` integer NOT NULL,
	PRIMARY KEY(`street_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `counters` (
	`street_id` text NOT NULL,
	`series` text NOT NULL,
	`year` integer NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`street_id`, `series`, `year`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `decisions` (
	`district_id` text NOT NULL,
	`street_id` text NOT NULL,
	`hazard_id` text NOT NULL,
	`round` integer NOT NULL,
	`kind` text NOT NULL,
	`outcome` text NOT NULL,
	`words` text NOT NULL,
	`document` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`district_id`, `street_id`, `hazard_id`, `round`, `kind`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `decisions_by_time` ON `decisions` (`district_id`,`at`);--> statement-breakpoint
CREATE TABLE `district_answers` (
	`district_id` text NOT NULL,
	`actor` text NOT NULL,
	`key` text NOT NULL,
	`request` text NOT NULL,
	`status` integer NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`district_id`, `actor`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `district_answers_by_time` ON `district_answers` (`district_id`,`at`);--> statement-breakpoint
CREATE TABLE `district_log` (
	`district_id` text NOT NULL,
	`id` text NOT NULL,
	`actor` text NOT NULL,
	`capability` text NOT NULL,
	`subject` text NOT NULL,
	`why` text,
	`at` integer NOT NULL,
	`changed` integer NOT NULL,
	PRIMARY KEY(`district_id`, `id`),
	CONSTRAINT "district_subject_changed" CHECK("district_log"."changed" > 0)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `enterprises` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`community_id` text NOT NULL,
	`grid_id` text NOT NULL,
	`name` text NOT NULL,
	`address` text NOT NULL,
	`key_place` text,
	`principal_id` text,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`,`community_id`,`grid_id`) REFERENCES `grids`(`street_id`,`community_id`,`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `enterprises_by_community` ON `enterprises` (`street_id`,`community_id`,`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `enterprises_with_grid` ON `enterprises` (`street_id`,`grid_id`,`id`);--> statement-breakpoint
CREATE TABLE `grids` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`community_id` text NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`,`community_id`) REFERENCES `communities`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `grids_with_community` ON `grids` (`street_id`,`community_id`,`id`);--> statement-breakpoint
CREATE TABLE `hazard_events` (
	`street_id` text NOT NULL,
	`hazard_id` text NOT NULL,
	`seq` integer NOT NULL,
	`round` integer NOT NULL,
	`deed` text NOT NULL,
	`actor` text NOT NULL,
	`role` text NOT NULL,
	`observed_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`photos` text NOT NULL,
	`said` text,
	`texts` text,
	`salt` text,
	`words_digest` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`street_id`, `hazard_id`, `seq`),
	FOREIGN KEY (`street_id`,`hazard_id`) REFERENCES `hazards`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `hazard_events_by_time` ON `hazard_events` (`street_id`,`received_at`);--> statement-breakpoint
CREATE TABLE `hazard_photos` (
	`street_id` text NOT NULL,
	`hazard_id` text NOT NULL,
	`round` integer NOT NULL,
	`stage` text NOT NULL,
	`photo_id` text NOT NULL,
	`by` text NOT NULL,
	`observed_at` integer NOT NULL,
	PRIMARY KEY(`street_id`, `hazard_id`, `round`, `stage`, `photo_id`),
	FOREIGN KEY (`street_id`,`hazard_id`) REFERENCES `hazards`(`street_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`photo_id`) REFERENCES `photos`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `hazard_photos_by_photo` ON `hazard_photos` (`street_id`,`photo_id`);--> statement-breakpoint
CREATE TABLE `hazard_rounds` (
	`street_id` text NOT NULL,
	`hazard_id` text NOT NULL,
	`round` integer NOT NULL,
	`began_at` integer NOT NULL,
	`began_received_at` integer NOT NULL,
	`due_on` text,
	`closed_at` integer,
	`closed_received_at` integer,
	`voided_received_at` integer,
	`major_received_at` integer,
	`three_received_at` integer,
	`five_received_at` integer,
	`ended_at` integer,
	PRIMARY KEY(`street_id`, `hazard_id`, `round`),
	FOREIGN KEY (`street_id`,`hazard_id`) REFERENCES `hazards`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `hazard_rounds_by_end` ON `hazard_rounds` (`street_id`,`ended_at`);--> statement-breakpoint
CREATE TABLE `hazards` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`number` text NOT NULL,
	`year` integer NOT NULL,
	`serial` integer NOT NULL,
	`community_id` text NOT NULL,
	`grid_id` text NOT NULL,
	`enterprise_id` text,
	`place` text NOT NULL,
	`category` text NOT NULL,
	`sector` text NOT NULL,
	`key_place` text,
	`source` text NOT NULL,
	`self_found` integer NOT NULL,
	`description` text NOT NULL,
	`level` text NOT NULL,
	`state` text NOT NULL,
	`open` integer NOT NULL,
	`round` integer NOT NULL,
	`due_on` text,
	`responsible_id` text,
	`responsible` text,
	`measures` text,
	`funds` text,
	`plan` text,
	`filed_by` text NOT NULL,
	`rectifiers` text NOT NULL,
	`checkers` text NOT NULL,
	`closed_by` text,
	`void_asked_by` text,
	`observed_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`closed_at` integer,
	`cover` text,
	`version` integer NOT NULL,
	`head` text NOT NULL,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`,`community_id`,`grid_id`) REFERENCES `grids`(`street_id`,`community_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`grid_id`,`enterprise_id`) REFERENCES `enterprises`(`street_id`,`grid_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `hazards_by_number` ON `hazards` (`street_id`,`year`,`serial`);--> statement-breakpoint
CREATE INDEX `hazards_by_time` ON `hazards` (`street_id`,`open`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `hazards_by_community` ON `hazards` (`street_id`,`community_id`,`open`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `hazards_by_grid` ON `hazards` (`street_id`,`grid_id`,`open`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `hazards_by_enterprise` ON `hazards` (`street_id`,`enterprise_id`,`open`,`received_at`,`id`) WHERE enterprise_id is not null;--> statement-breakpoint
CREATE INDEX `hazards_by_due` ON `hazards` (`street_id`,`due_on`,`id`) WHERE open = 1;--> statement-breakpoint
CREATE INDEX `hazards_by_responsible` ON `hazards` (`street_id`,`responsible_id`,`due_on`,`id`) WHERE open = 1 and responsible_id is not null;--> statement-breakpoint
CREATE INDEX `hazards_by_level` ON `hazards` (`street_id`,`level`,`received_at`,`id`) WHERE level <> 'ordinary';--> statement-breakpoint
CREATE TABLE `jobs` (
	`district_id` text NOT NULL,
	`key` text NOT NULL,
	`state` text NOT NULL,
	`scheduled_at` integer NOT NULL,
	`woken_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`error` text,
	PRIMARY KEY(`district_id`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `jobs_waiting` ON `jobs` (`district_id`,`woken_at`) WHERE state = 'waiting';--> statement-breakpoint
CREATE TABLE `notices` (
	`district_id` text NOT NULL,
	`id` text NOT NULL,
	`period` text NOT NULL,
	`revision` integer NOT NULL,
	`state` text NOT NULL,
	`number` text,
	`words` text NOT NULL,
	`editors` text NOT NULL,
	`edited_at` integer NOT NULL,
	`published_by` text,
	`published_at` integer,
	`withdrawn_at` integer,
	`withdrawal_reason` text,
	`html` text,
	`version` integer NOT NULL,
	PRIMARY KEY(`district_id`, `id`),
	FOREIGN KEY (`district_id`,`period`,`revision`) REFERENCES `snapshots`(`district_id`,`period`,`revision`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_by_number` ON `notices` (`district_id`,`number`) WHERE number is not null;--> statement-breakpoint
CREATE INDEX `notices_by_time` ON `notices` (`district_id`,`edited_at`,`id`);--> statement-breakpoint
CREATE INDEX `notices_by_publication` ON `notices` (`district_id`,`published_at`) WHERE published_at is not null;--> statement-breakpoint
CREATE TABLE `overseers` (
	`district_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`district_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `people` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`enterprise_id` text,
	`since` integer NOT NULL,
	`until` integer,
	PRIMARY KEY(`street_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `photos` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`state` text NOT NULL,
	`bound` integer NOT NULL,
	PRIMARY KEY(`street_id`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `photos_unbound` ON `photos` (`street_id`,`at`) WHERE bound = 0;--> statement-breakpoint
CREATE TABLE `schemes` (
	`district_id` text NOT NULL,
	`version` integer NOT NULL,
	`from` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`district_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `snapshots` (
	`district_id` text NOT NULL,
	`period` text NOT NULL,
	`revision` integer NOT NULL,
	`scheme_version` integer NOT NULL,
	`cutoff_at` integer NOT NULL,
	`facts_hash` text NOT NULL,
	`fact_count` integer NOT NULL,
	`scores_hash` text NOT NULL,
	`made_at` integer NOT NULL,
	PRIMARY KEY(`district_id`, `period`, `revision`)
);
--> statement-breakpoint
CREATE TABLE `street_scores` (
	`district_id` text NOT NULL,
	`period` text NOT NULL,
	`revision` integer NOT NULL,
	`street_id` text NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	`total` real NOT NULL,
	`grade` text NOT NULL,
	`rank` integer,
	`not_applicable` real NOT NULL,
	`lines` text NOT NULL,
	PRIMARY KEY(`district_id`, `period`, `revision`, `street_id`),
	FOREIGN KEY (`district_id`,`period`,`revision`) REFERENCES `snapshots`(`district_id`,`period`,`revision`) ON UPDATE no action ON DELETE no action
);
