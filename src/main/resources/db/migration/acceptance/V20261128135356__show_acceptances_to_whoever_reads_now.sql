-- A connection that reads for nobody keeps the name of its former reader: who was asked counts only where somebody
-- reads. For the system and the company nothing is looked up row by row.
alter policy seen on acceptance.session using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        when 'company' then true
        when 'products' then work.inside_of(product) or acceptance.asked(id)
        when 'outside' then acceptance.asked(id)
        else false
    end);
alter policy seen on acceptance.invitation using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        when 'company' then true
        when 'products' then
            person = current_setting('conduct.actor', true) or acceptance.asked(session)
            or work.inside_of(acceptance.product_of(session))
        when 'outside' then person = current_setting('conduct.actor', true) or acceptance.asked(session)
        else false
    end);
alter policy seen on acceptance.feedback using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        when 'company' then true
        when 'products' then acceptance.asked(session) or work.inside_of(acceptance.product_of(session))
        when 'outside' then acceptance.asked(session)
        else false
    end);
