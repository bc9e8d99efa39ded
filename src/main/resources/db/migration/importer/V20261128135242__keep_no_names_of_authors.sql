-- Who acted in files was kept with what became of them, by name, long after the files were gone. How much each did stays.
update importer.run
   set account = jsonb_set(account, '{people}', (
           select coalesce(jsonb_agg(person || '{"id": "", "name": ""}'), '[]')
             from jsonb_array_elements(account -> 'people') person))
 where jsonb_typeof(account -> 'people') = 'array';

update importer.upload set account = null where done;
