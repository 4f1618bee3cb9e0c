CREATE TABLE `joining_codes` (
	`street_id` text NOT NULL,
	`enterprise_id` text NOT NULL,
	`role` text NOT NULL,
	`digest` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`street_id`, `enterprise_id`, `role`),
	FOREIGN KEY (`street_id`) REFERENCES `streets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `joinings` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`enterprise_id` text NOT NULL,
	`unit` text NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`token_hash` text NOT NULL,
	`at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	`approved` integer,
	`why` text,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`) REFERENCES `streets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `joinings_by_token` ON `joinings` (`token_hash`);--> statement-breakpoint
CREATE INDEX `joinings_waiting` ON `joinings` (`street_id`,`at`) WHERE decided_at is null;--> statement-breakpoint
CREATE TABLE `posters` (
	`code` text PRIMARY KEY NOT NULL,
	`street_id` text NOT NULL,
	`enterprise_id` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`street_id`) REFERENCES `streets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `posters_standing` ON `posters` (`street_id`,`enterprise_id`) WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX `street_posts_principals` ON `street_posts` (`street_id`,reach ->> '$.ids[0]') WHERE role = 'enterprise-principal' and state <> 'ended';
--> statement-breakpoint
-- An enterprise has one principal at a time; posts that were there before this rule are left alone.
CREATE TRIGGER `street_posts_principal` BEFORE INSERT ON `street_posts` WHEN NEW.`role` = 'enterprise-principal' AND EXISTS (SELECT 1 FROM `street_posts` p WHERE p.`street_id` = NEW.`street_id` AND p.`role` = 'enterprise-principal' AND p.`state` <> 'ended' AND p.`reach` ->> '$.ids[0]' = NEW.`reach` ->> '$.ids[0]' AND p.`id` <> NEW.`id` AND (p.`until` IS NULL OR p.`until` > NEW.`since`)) BEGIN SELECT RAISE(ABORT, 'street_posts_principal'); END;
