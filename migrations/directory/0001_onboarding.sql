CREATE TABLE `import_parts` (
	`import_id` text NOT NULL,
	`part` integer NOT NULL,
	`etag` text NOT NULL,
	`bytes` integer NOT NULL,
	PRIMARY KEY(`import_id`, `part`),
	FOREIGN KEY (`import_id`) REFERENCES `street_imports`(`id`) ON UPDATE no action ON DELETE no action
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
ALTER TABLE `streets` ADD `moving_since` integer;