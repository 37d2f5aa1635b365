"""Nine roles, and the projects that a role reaches; who was there before reaches all."""

import django.db.models.deletion
from django.db import migrations, models

from anju.kernel.guards import company_keys


class Migration(migrations.Migration):
    """Roles and reach."""

    dependencies = [
        ('register', '0002_company_keys'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='reach',
            field=models.CharField(choices=[('company', 'company'), ('projects', 'projects')], default='company', max_length=10),
        ),
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('administrator', 'administrator'), ('quality', 'quality'), ('head', 'head'), ('manager', 'manager'), ('desk', 'desk'), ('steward', 'steward'), ('worker', 'worker'), ('committee', 'committee'), ('consultant', 'consultant')], max_length=20),
        ),
        migrations.CreateModel(
            name='MembershipProject',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.company')),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reached', to='register.membership')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='register.project')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('company', 'membership', 'project'), name='reach_one_a_project')],
            },
        ),
        company_keys("register", "MembershipProject"),
    ]
