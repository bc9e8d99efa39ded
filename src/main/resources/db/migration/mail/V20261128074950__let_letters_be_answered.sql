alter table mail.letter add reply_to text;
comment on column mail.letter.reply_to is 'Where an answer goes: it holds a one-time word, and goes with the letter''s words';
