CREATE TABLE `invited_posts` (
	`street_id` text NOT NULL,
	`id` text NOT NULL,
	`token_hash` text NOT NULL,
	`post_id` text NOT NULL,
	`role` text NOT NULL,
	`reach` text NOT NULL,
	`title` text,
	`unit_id` text,
	`from` text,
	`until` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`taken_by` text,
	`withdrawn_at` integer,
	PRIMARY KEY(`street_id`, `id`),
	FOREIGN KEY (`street_id`) REFERENCES `streets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invited_posts_by_token` ON `invited_posts` (`token_hash`);