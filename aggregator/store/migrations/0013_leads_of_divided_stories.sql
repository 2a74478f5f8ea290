-- A story that a person's split left with one report may still be led by the one that was taken out.
UPDATE stories SET lead = (SELECT entry FROM members WHERE story = stories.id)
WHERE id IN (SELECT two FROM acts WHERE act = 'split')
AND (SELECT count(*) FROM members WHERE story = stories.id) = 1;
