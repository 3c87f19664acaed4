-- How sharp a photo is (0 to 1) and what it shows, as 16 hexadecimal digits: told when it is cleaned.
ALTER TABLE photos ADD COLUMN sharpness DOUBLE PRECISION NOT NULL DEFAULT 1;
ALTER TABLE photos ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
