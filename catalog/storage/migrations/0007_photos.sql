-- Whether a file is still named by a photo is asked whenever one is dropped.
CREATE INDEX photos_by_object ON photos (object_key);
