ALTER TABLE `districts` ADD `suspended_why` text;--> statement-breakpoint
ALTER TABLE `streets` ADD `suspended_why` text;