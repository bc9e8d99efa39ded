-- New words wait in a list that every search reads through, up to 4 MB of it: two milliseconds for the words alone. In
-- shorter lists they cost a search next to nothing, and whoever fills one waits for milliseconds, not for tenths of a second.
alter index work.item_words_all set (gin_pending_list_limit = 256);
alter index work.item_words_title set (gin_pending_list_limit = 512);
alter index work.item_words_title_words set (gin_pending_list_limit = 256);
