CREATE TABLE `blocked_posts` (
	`owner_kind` text NOT NULL,
	`owner_id` text NOT NULL,
	`user_id` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`owner_kind`, `owner_id`, `user_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `import_parts` (
	`import_id` text NOT NULL,
	`part` integer NOT NULL,
	`etag` text NOT NULL,
	`bytes` integer NOT NULL,
	PRIMARY KEY(`import_id`, `part`),
	FOREIGN KEY (`import_id`) REFERENCES `street_imports`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`purpose` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `invitations_by_user` ON `invitations` (`user_id`);--> statement-breakpoint
CREATE TABLE `known_devices` (
	`user_id` text NOT NULL,
	`device_hash` text NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `device_hash`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`user_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`used_at` integer,
	PRIMARY KEY(`user_id`, `code_hash`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `second_factors` (
	`user_id` text PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`confirmed_at` integer,
	`last_step` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `security_anchors` (
	`seq` integer PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `security_events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`result` text NOT NULL,
	`actor` text,
	`username` text,
	`subject` text,
	`owner_kind` text,
	`owner_id` text,
	`address` text,
	`device` text,
	`agent` text,
	`request_id` text NOT NULL,
	`detail` text,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `security_events_by_owner` ON `security_events` (`owner_kind`,`owner_id`,`at`);--> statement-breakpoint
CREATE INDEX `security_events_by_kind` ON `security_events` (`owner_kind`,`owner_id`,`kind`,`at`);--> statement-breakpoint
CREATE INDEX `security_events_by_username` ON `security_events` (`owner_kind`,`owner_id`,`username`,`at`);--> statement-breakpoint
CREATE TABLE `security_policies` (
	`owner_kind` text NOT NULL,
	`owner_id` text NOT NULL,
	`second_factor_roles` text NOT NULL,
	`desk_idle` integer NOT NULL,
	`desk_total` integer NOT NULL,
	`phone_idle` integer NOT NULL,
	`phone_total` integer NOT NULL,
	`verify_again` integer NOT NULL,
	`composed_passwords` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` text NOT NULL,
	PRIMARY KEY(`owner_kind`, `owner_id`)
);
--> statement-breakpoint
CREATE TABLE `setups` (
	`id` integer PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sign_in_limits` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`last_at` integer NOT NULL,
	`shut_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `street_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`district_id` text NOT NULL,
	`slug` text NOT NULL,
	`state` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`size` integer NOT NULL,
	`upload` text NOT NULL,
	`street_id` text,
	`name` text,
	`files` integer DEFAULT 0 NOT NULL,
	`files_in_all` integer DEFAULT 0 NOT NULL,
	`rows` integer DEFAULT 0 NOT NULL,
	`objects` integer DEFAULT 0 NOT NULL,
	`bytes` integer DEFAULT 0 NOT NULL,
	`step` integer DEFAULT 0 NOT NULL,
	`taken_until` integer DEFAULT 0 NOT NULL,
	`work` text,
	`wrapped_key` text,
	`done_at` integer,
	`error` text,
	`cleared_at` integer,
	FOREIGN KEY (`district_id`) REFERENCES `districts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `street_imports_open` ON `street_imports` (`street_id`) WHERE state <> 'done' and cleared_at is null;--> statement-breakpoint
CREATE INDEX `street_imports_by_time` ON `street_imports` (`at`);--> statement-breakpoint
CREATE TABLE `street_moves` (
	`id` text PRIMARY KEY NOT NULL,
	`street_id` text NOT NULL,
	`state` text NOT NULL,
	`from_district` text NOT NULL,
	`from_ledger` text NOT NULL,
	`to_district` text NOT NULL,
	`to_ledger` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`rows` integer DEFAULT 0 NOT NULL,
	`rows_in_all` integer DEFAULT 0 NOT NULL,
	`step` integer DEFAULT 0 NOT NULL,
	`taken_until` integer DEFAULT 0 NOT NULL,
	`work` text,
	`digest` text,
	`switched_at` integer,
	`released_at` integer,
	`error` text,
	FOREIGN KEY (`street_id`) REFERENCES `streets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`from_district`) REFERENCES `districts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_district`) REFERENCES `districts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `street_moves_open` ON `street_moves` (`street_id`) WHERE state not in ('released', 'cancelled');--> statement-breakpoint
CREATE INDEX `street_moves_by_street` ON `street_moves` (`street_id`,`at`);--> statement-breakpoint
CREATE TABLE `__new_street_posts` (
	`id` text NOT NULL,
	`street_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`reach` text NOT NULL,
	`state` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`title` text,
	`unit_id` text,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`) REFERENCES `streets`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
-- A post gets an id of its own, which the ledgers' migration makes the same way.
INSERT INTO `__new_street_posts`("id", "street_id", "user_id", "role", "reach", "state", "since") SELECT 'pst_' || substr("street_id", -14) || substr("user_id", -20), "street_id", "user_id", "role", "reach", "state", "since" FROM `street_posts`;--> statement-breakpoint
DROP TABLE `street_posts`;--> statement-breakpoint
ALTER TABLE `__new_street_posts` RENAME TO `street_posts`;--> statement-breakpoint
CREATE INDEX `street_posts_by_user` ON `street_posts` (`user_id`,`street_id`);--> statement-breakpoint
CREATE INDEX `street_posts_preparing` ON `street_posts` (`since`) WHERE state = 'preparing';--> statement-breakpoint
ALTER TABLE `accounts` ADD `one_time` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `district_posts` ADD `until` integer;--> statement-breakpoint
ALTER TABLE `districts` ADD `state` text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `kind` text DEFAULT 'desk' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `stage` text DEFAULT 'full' NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `device_hash` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `idle_for` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `last_seen_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `verified_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `second_factor_at` integer;--> statement-breakpoint
ALTER TABLE `streets` ADD `state` text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE `streets` ADD `moving_since` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `notice_seen_at` integer;--> statement-breakpoint
CREATE TRIGGER `security_events_stand` BEFORE UPDATE ON `security_events` BEGIN SELECT RAISE(ABORT, 'security_events is only appended to'); END;
--> statement-breakpoint
CREATE TRIGGER `security_events_stay` BEFORE DELETE ON `security_events` WHEN OLD.`at` > unixepoch() * 1000 - 31622400000 BEGIN SELECT RAISE(ABORT, 'security_events are kept for twelve months'); END;
