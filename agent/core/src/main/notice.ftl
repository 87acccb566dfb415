Coldstart
Copyright the Coldstart authors. Licensed under the Apache License, Version 2.0: META-INF/LICENSE.

Below inst/ are unchanged classes of these libraries, those that can be reached. Their own licences and notices,
where they bring some, are in META-INF/licenses; of Byte Buddy only its copy of ASM (BSD-3-Clause) is in.

<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
${project.groupId}:${project.artifactId} ${project.version} (<#list entry.getValue() as licence>${licence}<#if licence_has_next>, </#if></#list>)
</#list>
