for name in siti budi; do echo "read every day" | lms register $name --role student --password-stdin -q; done
echo "read every day" | lms register ani --role teacher --password-stdin --login -q
mkdir materials
printf '# Syllabus\n\nEight weeks.\n' > materials/syllabus.md
cat > biology.yaml <<'YAML'
course: BIO-101
title: Biology
description: |
  Cells, genes and ecosystems.
release_date: 2027-01-11
enrollment: approval
students: [siti, budi]
materials:
  - title: Syllabus
    description_file: materials/syllabus.md
  - title: Week 1
    description: |
      Read chapter 1.
YAML
cat > wrong.yaml <<'YAML'
course: BIO-101
titel: Biology
release_date: 2027-02-29
students: [siti, sitti]
YAML
cat > less.yaml <<'YAML'
course: BIO-101
materials:
  - title: Syllabus
students: []
YAML
cat > titles.yaml <<'YAML'
course: BIO-101
materials:
  - title: Week 2: Genes
    description: Read chapter #2
YAML
cat > chapter.yaml <<'YAML'
course: BIO-101
materials:
  - title: "Week 2: Genes"
    description: Read chapter #2
YAML
