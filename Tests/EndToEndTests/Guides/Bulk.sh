mkdir school
cat > school/users.csv <<'CSV'
username,role,password
ani,teacher,kapal layar di pantai
siti,student,hujan turun di sore hari
budi,student,
CSV
cat > school/courses.csv <<'CSV'
code,title,teacher,description,release_date,enrollment
BIO-101,Biology,ani,"Cells, genes and ecosystems.",2026-01-11,approval
CSV
cat > school/enrollments.csv <<'CSV'
course,student
BIO-101,siti
BIO-101,budi
CSV
cat > school/materials.csv <<'CSV'
course,title,description
BIO-101,Syllabus,Eight weeks.
BIO-101,Week 1,"# Week 1

Read chapter 1."
CSV
cat > seed.sh <<'SH'
set -eu
lms db import school
lms db check
test "$(lms db stats --json | tr ',' '\n' | grep '"students"')" = '"students":2'
SH
