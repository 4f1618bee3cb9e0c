-- `INSERT OR REPLACE` deletes without asking the triggers on deletion. The words begin as a collision's do, which a
-- writer who was second takes them for.
CREATE TRIGGER `security_events_no_replace` BEFORE INSERT ON `security_events` WHEN EXISTS (SELECT 1 FROM `security_events` WHERE `seq` = NEW.`seq`) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: security_events.seq is only appended to'); END;
