create index clock_pressing on clock.clock (type, item) where state in ('at_risk', 'overrun');
