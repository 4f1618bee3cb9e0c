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
CREATE INDEX `street_exports_kept` ON `street_exports` (`street_id`,`expires_at`) WHERE cleared_at is null;