-- What a clip had to go without, as the workers say it: "voice silent, photo 2 broken".
ALTER TABLE media_files ADD COLUMN left_out TEXT NOT NULL DEFAULT '';
