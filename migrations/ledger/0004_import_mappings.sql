CREATE TABLE `import_mappings` (
	`street_id` text NOT NULL,
	`what` text NOT NULL,
	`mapping` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`street_id`, `what`)
);
