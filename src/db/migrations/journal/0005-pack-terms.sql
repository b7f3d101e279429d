-- On which terms each pack was installed.
ALTER TABLE pack ADD COLUMN installed_by BLOB; -- a member of the staff; NULL at the command line
ALTER TABLE pack ADD COLUMN grade TEXT;        -- of the lint: A, B, C
ALTER TABLE pack ADD COLUMN signer TEXT;       -- the id of the key that signed it
ALTER TABLE pack ADD COLUMN signer_name TEXT;  -- the name under which the school kept that key then
ALTER TABLE pack ADD COLUMN accepted TEXT NOT NULL DEFAULT ''; -- codes of faults that somebody accepted, apart by blanks
