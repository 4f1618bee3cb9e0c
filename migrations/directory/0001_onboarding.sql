CREATE TABLE `__new_street_posts` (
	`id` text PRIMARY KEY NOT NULL,
	`street_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`reach` text NOT NULL,
	`state` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`title` text,
	`unit_id` text,
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
ALTER TABLE `district_posts` ADD `until` integer;--> statement-breakpoint
ALTER TABLE `districts` ADD `state` text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE `streets` ADD `state` text DEFAULT 'active' NOT NULL;