-- One row, of the last look at the clock. `ahead`: seconds of wall time less those elapsed since that boot.
-- `owed`: seconds by which times to come were moved back when that boot began.
CREATE TABLE clock (boot TEXT NOT NULL, ahead REAL NOT NULL, wall TEXT NOT NULL, owed REAL NOT NULL) STRICT;
