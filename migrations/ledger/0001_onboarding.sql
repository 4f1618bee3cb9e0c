CREATE TABLE `holds` (
	`street_id` text NOT NULL,
	`hazard_id` text NOT NULL,
	`why` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`until` integer,
	PRIMARY KEY(`street_id`, `hazard_id`),
	FOREIGN KEY (`street_id`,`hazard_id`) REFERENCES `hazards`(`street_id`,`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `hazards` ADD `erased_at` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `phone_sealed` text;--> statement-breakpoint
ALTER TABLE `people` ADD `phone_mask` text;--> statement-breakpoint
ALTER TABLE `people` ADD `erased_at` integer;--> statement-breakpoint
CREATE TRIGGER `audit_log_no_update` BEFORE UPDATE ON `audit_log` BEGIN SELECT RAISE(ABORT, 'audit_log is only appended to'); END;--> statement-breakpoint
CREATE TRIGGER `audit_log_no_delete` BEFORE DELETE ON `audit_log` BEGIN SELECT RAISE(ABORT, 'audit_log is only appended to'); END;--> statement-breakpoint
CREATE TRIGGER `district_log_no_update` BEFORE UPDATE ON `district_log` BEGIN SELECT RAISE(ABORT, 'district_log is only appended to'); END;--> statement-breakpoint
CREATE TRIGGER `district_log_no_delete` BEFORE DELETE ON `district_log` BEGIN SELECT RAISE(ABORT, 'district_log is only appended to'); END;--> statement-breakpoint
CREATE TRIGGER `hazard_events_sealed` BEFORE UPDATE ON `hazard_events` WHEN NOT (NEW.`street_id` IS OLD.`street_id` AND NEW.`hazard_id` IS OLD.`hazard_id` AND NEW.`seq` IS OLD.`seq` AND NEW.`round` IS OLD.`round` AND NEW.`deed` IS OLD.`deed` AND NEW.`actor` IS OLD.`actor` AND NEW.`role` IS OLD.`role` AND NEW.`observed_at` IS OLD.`observed_at` AND NEW.`received_at` IS OLD.`received_at` AND NEW.`before` IS OLD.`before` AND NEW.`after` IS OLD.`after` AND NEW.`photos` IS OLD.`photos` AND NEW.`words_digest` IS OLD.`words_digest` AND NEW.`hash` IS OLD.`hash` AND NEW.`said` IS NULL AND NEW.`texts` IS NULL AND NEW.`salt` IS NULL) BEGIN SELECT RAISE(ABORT, 'hazard_events are sealed: only their words may be erased'); END;--> statement-breakpoint
CREATE TRIGGER `hazard_events_no_delete` BEFORE DELETE ON `hazard_events` BEGIN SELECT RAISE(ABORT, 'hazard_events is only appended to'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_log_no_replace` BEFORE INSERT ON `audit_log` WHEN EXISTS (SELECT 1 FROM `audit_log` WHERE `street_id` = NEW.`street_id` AND `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: audit_log is only appended to'); END;
--> statement-breakpoint
CREATE TRIGGER `district_log_no_replace` BEFORE INSERT ON `district_log` WHEN EXISTS (SELECT 1 FROM `district_log` WHERE `district_id` = NEW.`district_id` AND `id` = NEW.`id`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: district_log is only appended to'); END;
--> statement-breakpoint
CREATE TRIGGER `hazard_events_no_replace` BEFORE INSERT ON `hazard_events` WHEN EXISTS (SELECT 1 FROM `hazard_events` WHERE `street_id` = NEW.`street_id` AND `hazard_id` = NEW.`hazard_id` AND `seq` = NEW.`seq`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: hazard_events is only appended to'); END;
