CREATE TABLE `charges` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`place_id` text NOT NULL,
	`kind` text NOT NULL,
	`person_id` text NOT NULL,
	`from` text NOT NULL,
	`until` text,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`,`person_id`) REFERENCES `people`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `charges_by_place` ON `charges` (`street_id`,`place_id`,`from`);--> statement-breakpoint
CREATE INDEX `charges_by_person` ON `charges` (`street_id`,`person_id`,`from`);--> statement-breakpoint
CREATE TABLE `district_units` (
	`district_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`leads` text NOT NULL,
	`joins` text NOT NULL,
	`basis` text,
	`retired_on` text,
	PRIMARY KEY(`district_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `holds` (
	`street_id` text NOT NULL,
	`hazard_id` text NOT NULL,
	`why` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`until` integer,
	PRIMARY KEY(`street_id`, `hazard_id`),
	FOREIGN KEY (`street_id`,`hazard_id`) REFERENCES `hazards`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `leavings` (
	`street_id` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `place_changes` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`place_id` text NOT NULL,
	`kind` text NOT NULL,
	`old_name` text,
	`name` text NOT NULL,
	`to_id` text,
	`hazards` integer DEFAULT 0 NOT NULL,
	`enterprises` integer DEFAULT 0 NOT NULL,
	`on` text NOT NULL,
	`by` text NOT NULL,
	`why` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`street_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `place_changes_by_place` ON `place_changes` (`street_id`,`place_id`,`id`);--> statement-breakpoint
CREATE TABLE `posts` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`person_id` text NOT NULL,
	`role` text NOT NULL,
	`reach` text NOT NULL,
	`enterprise_id` text,
	`unit_id` text,
	`title` text,
	`since` integer NOT NULL,
	`until` integer,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`,`person_id`) REFERENCES `people`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `posts_by_person` ON `posts` (`street_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `seats` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`seat` text NOT NULL,
	`person_id` text,
	`name` text NOT NULL,
	`title` text NOT NULL,
	`from` text NOT NULL,
	`until` text,
	PRIMARY KEY(`street_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `seats_by_day` ON `seats` (`street_id`,`from`);--> statement-breakpoint
CREATE TABLE `settings` (
	`street_id` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`street_id`, `key`)
);
--> statement-breakpoint
CREATE TABLE `street_exports` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`state` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`rows` integer DEFAULT 0 NOT NULL,
	`rows_in_all` integer DEFAULT 0 NOT NULL,
	`objects` integer DEFAULT 0 NOT NULL,
	`objects_in_all` integer DEFAULT 0 NOT NULL,
	`bytes` integer DEFAULT 0 NOT NULL,
	`step` integer DEFAULT 0 NOT NULL,
	`taken_until` integer DEFAULT 0 NOT NULL,
	`work` text,
	`salt` text NOT NULL,
	`wrapped_key` text,
	`digest` text,
	`ready_at` integer,
	`expires_at` integer,
	`downloads` integer DEFAULT 0 NOT NULL,
	`error` text,
	`cleared_at` integer,
	PRIMARY KEY(`street_id`, `id`)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `street_exports_making` ON `street_exports` (`street_id`) WHERE state = 'making';--> statement-breakpoint
CREATE INDEX `street_exports_kept` ON `street_exports` (`street_id`,`expires_at`) WHERE cleared_at is null;--> statement-breakpoint
CREATE TABLE `units` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`leads` text NOT NULL,
	`joins` text NOT NULL,
	`basis` text,
	`retired_on` text,
	PRIMARY KEY(`street_id`, `id`)
);
--> statement-breakpoint
-- An enterprise may move to another grid while its closed hazards stay where they were, so a hazard no longer refers to
-- both together. Foreign keys cannot be switched off inside D1's transaction: the rows are set aside, and put back
-- under the same name, which settles every reference to them before the transaction ends.
PRAGMA defer_foreign_keys=ON;--> statement-breakpoint
CREATE TABLE `hazards_aside` AS SELECT * FROM `hazards`;--> statement-breakpoint
DROP TABLE `hazards`;--> statement-breakpoint
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
	`erased_at` integer,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`,`community_id`,`grid_id`) REFERENCES `grids`(`street_id`,`community_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`street_id`,`enterprise_id`) REFERENCES `enterprises`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `hazards`("street_id", "id", "number", "year", "serial", "community_id", "grid_id", "enterprise_id", "place", "category", "sector", "key_place", "source", "self_found", "description", "level", "state", "open", "round", "due_on", "responsible_id", "responsible", "measures", "funds", "plan", "filed_by", "rectifiers", "checkers", "closed_by", "void_asked_by", "observed_at", "received_at", "closed_at", "cover", "version", "head", "erased_at") SELECT "street_id", "id", "number", "year", "serial", "community_id", "grid_id", "enterprise_id", "place", "category", "sector", "key_place", "source", "self_found", "description", "level", "state", "open", "round", "due_on", "responsible_id", "responsible", "measures", "funds", "plan", "filed_by", "rectifiers", "checkers", "closed_by", "void_asked_by", "observed_at", "received_at", "closed_at", "cover", "version", "head", "erased_at" FROM `hazards_aside`;--> statement-breakpoint
DROP TABLE `hazards_aside`;--> statement-breakpoint
CREATE UNIQUE INDEX `hazards_by_number` ON `hazards` (`street_id`,`year`,`serial`);--> statement-breakpoint
CREATE INDEX `hazards_by_time` ON `hazards` (`street_id`,`open`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `hazards_by_community` ON `hazards` (`street_id`,`community_id`,`open`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `hazards_by_grid` ON `hazards` (`street_id`,`grid_id`,`open`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `hazards_by_enterprise` ON `hazards` (`street_id`,`enterprise_id`,`open`,`received_at`,`id`) WHERE enterprise_id is not null;--> statement-breakpoint
CREATE INDEX `hazards_by_due` ON `hazards` (`street_id`,`due_on`,`id`) WHERE open = 1;--> statement-breakpoint
CREATE INDEX `hazards_by_responsible` ON `hazards` (`street_id`,`responsible_id`,`due_on`,`id`) WHERE open = 1 and responsible_id is not null;--> statement-breakpoint
CREATE INDEX `hazards_by_level` ON `hazards` (`street_id`,`level`,`received_at`,`id`) WHERE level <> 'ordinary';--> statement-breakpoint
DROP INDEX `enterprises_with_grid`;--> statement-breakpoint
CREATE INDEX `enterprises_by_grid` ON `enterprises` (`street_id`,`grid_id`,`name`);--> statement-breakpoint
ALTER TABLE `communities` ADD `retired_on` text;--> statement-breakpoint
ALTER TABLE `grids` ADD `code` text;--> statement-breakpoint
ALTER TABLE `grids` ADD `retired_on` text;--> statement-breakpoint
ALTER TABLE `overseers` ADD `unit_id` text;--> statement-breakpoint
ALTER TABLE `overseers` ADD `since` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `overseers` ADD `until` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `initials` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `people` ADD `phone_sealed` text;--> statement-breakpoint
ALTER TABLE `people` ADD `phone_mask` text;--> statement-breakpoint
ALTER TABLE `people` ADD `erased_at` integer;--> statement-breakpoint
-- Until now a person had one post in a street; its id is made from both, as the directory's migration makes it.
INSERT INTO `posts`(`street_id`, `id`, `person_id`, `role`, `reach`, `enterprise_id`, `since`, `until`)
SELECT `street_id`, 'pst_' || substr(`street_id`, -14) || substr(`id`, -20), `id`, `role`,
  CASE WHEN `enterprise_id` IS NULL THEN '{"within":"street"}' ELSE json_object('within', 'enterprise', 'ids', json_array(`enterprise_id`)) END,
  `enterprise_id`, `since`, `until` FROM `people`;--> statement-breakpoint
ALTER TABLE `people` DROP COLUMN `role`;--> statement-breakpoint
ALTER TABLE `people` DROP COLUMN `enterprise_id`;--> statement-breakpoint
CREATE TRIGGER `audit_log_no_update` BEFORE UPDATE ON `audit_log` BEGIN SELECT RAISE(ABORT, 'audit_log is only appended to'); END;--> statement-breakpoint
CREATE TRIGGER `audit_log_no_delete` BEFORE DELETE ON `audit_log` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'audit_log is only appended to'); END;--> statement-breakpoint
CREATE TRIGGER `district_log_no_update` BEFORE UPDATE ON `district_log` BEGIN SELECT RAISE(ABORT, 'district_log is only appended to'); END;--> statement-breakpoint
CREATE TRIGGER `district_log_no_delete` BEFORE DELETE ON `district_log` BEGIN SELECT RAISE(ABORT, 'district_log is only appended to'); END;--> statement-breakpoint
CREATE TRIGGER `hazard_events_sealed` BEFORE UPDATE ON `hazard_events` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`hazard_id` IS OLD.`hazard_id` AND NEW.`seq` IS OLD.`seq` AND NEW.`round` IS OLD.`round` AND NEW.`deed` IS OLD.`deed` AND NEW.`actor` IS OLD.`actor` AND NEW.`role` IS OLD.`role` AND NEW.`observed_at` IS OLD.`observed_at` AND NEW.`received_at` IS OLD.`received_at` AND NEW.`before` IS OLD.`before` AND NEW.`after` IS OLD.`after` AND NEW.`photos` IS OLD.`photos` AND NEW.`words_digest` IS OLD.`words_digest` AND NEW.`hash` IS OLD.`hash` AND NEW.`said` IS NULL AND NEW.`texts` IS NULL AND NEW.`salt` IS NULL) BEGIN SELECT RAISE(ABORT, 'hazard_events are sealed: only their words may be erased'); END;--> statement-breakpoint
CREATE TRIGGER `hazard_events_no_delete` BEFORE DELETE ON `hazard_events` WHEN NOT EXISTS (SELECT 1 FROM `leavings` WHERE `street_id` = OLD.`street_id`) BEGIN SELECT RAISE(ABORT, 'hazard_events is only appended to'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_log_no_replace` BEFORE INSERT ON `audit_log` WHEN EXISTS (SELECT 1 FROM `audit_log` WHERE `street_id` = NEW.`street_id` AND `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: audit_log is only appended to'); END;
--> statement-breakpoint
CREATE TRIGGER `district_log_no_replace` BEFORE INSERT ON `district_log` WHEN EXISTS (SELECT 1 FROM `district_log` WHERE `district_id` = NEW.`district_id` AND `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: district_log is only appended to'); END;
--> statement-breakpoint
CREATE TRIGGER `hazard_events_no_replace` BEFORE INSERT ON `hazard_events` WHEN EXISTS (SELECT 1 FROM `hazard_events` WHERE `street_id` = NEW.`street_id` AND `hazard_id` = NEW.`hazard_id` AND `seq` = NEW.`seq`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: hazard_events is only appended to'); END;
