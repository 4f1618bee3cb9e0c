-- Two equal requests could both be kept until now: of charges that one place has twice, and of a seat that is one
-- person's, the one that began last stands, as it does where somebody takes what another has.
UPDATE `charges` SET `until` = `from` WHERE (`until` IS NULL OR `until` > `from`) AND EXISTS (
  SELECT 1 FROM `charges` AS `later` WHERE `later`.`street_id` = `charges`.`street_id` AND `later`.`place_id` = `charges`.`place_id` AND `later`.`kind` = `charges`.`kind`
  AND `later`.`from` = `charges`.`from` AND `later`.`id` > `charges`.`id` AND (`later`.`until` IS NULL OR `later`.`until` > `later`.`from`));--> statement-breakpoint
UPDATE `charges` SET `until` = (
  SELECT min(`later`.`from`) FROM `charges` AS `later` WHERE `later`.`street_id` = `charges`.`street_id` AND `later`.`place_id` = `charges`.`place_id` AND `later`.`kind` = `charges`.`kind`
  AND `later`.`from` > `charges`.`from` AND (`later`.`until` IS NULL OR `later`.`until` > `later`.`from`))
WHERE `until` IS NULL AND EXISTS (
  SELECT 1 FROM `charges` AS `later` WHERE `later`.`street_id` = `charges`.`street_id` AND `later`.`place_id` = `charges`.`place_id` AND `later`.`kind` = `charges`.`kind`
  AND `later`.`from` > `charges`.`from` AND `later`.`until` IS NULL);--> statement-breakpoint
UPDATE `seats` SET `until` = (
  SELECT min(`later`.`from`) FROM `seats` AS `later` WHERE `later`.`street_id` = `seats`.`street_id` AND `later`.`seat` = `seats`.`seat`
  AND (`later`.`from`, `later`.`id`) > (`seats`.`from`, `seats`.`id`) AND (`later`.`until` IS NULL OR `later`.`until` > `later`.`from`))
WHERE `until` IS NULL AND `seat` IN ('head', 'executive-deputy') AND EXISTS (
  SELECT 1 FROM `seats` AS `later` WHERE `later`.`street_id` = `seats`.`street_id` AND `later`.`seat` = `seats`.`seat`
  AND (`later`.`from`, `later`.`id`) > (`seats`.`from`, `seats`.`id`) AND `later`.`until` IS NULL);--> statement-breakpoint
CREATE UNIQUE INDEX `charges_open` ON `charges` (`street_id`,`place_id`,`kind`) WHERE until is null;--> statement-breakpoint
CREATE UNIQUE INDEX `charges_begun` ON `charges` (`street_id`,`place_id`,`kind`,`from`) WHERE until is null or until > "from";--> statement-breakpoint
CREATE UNIQUE INDEX `seats_single` ON `seats` (`street_id`,`seat`) WHERE until is null and seat in ('head', 'executive-deputy');
